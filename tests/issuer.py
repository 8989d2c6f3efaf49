"""An OpenID provider on loopback that signs JWTs as tests like, and remembers what it was asked."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey

KEY = RSAKey.generate_key(2048, {"kid": "of-the-issuer"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "of-the-issuer"})
CLIENT_ID = "client"


@dataclass
class Issuer:
    url: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What userinfo tells, by subject."""
    opaque: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What userinfo tells, by token."""
    id_token: str = ""
    """What the token endpoint gives for any code."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """Changes to the discovery document."""
    requests: list[str] = field(default_factory=list)
    form: dict[str, str] = field(default_factory=dict)
    """What the token endpoint was sent last."""
    broken: set[str] = field(default_factory=set)
    """Paths that answer 500."""
    hanging: set[str] = field(default_factory=set)
    """Paths that don't answer until the end of the test."""
    over: Event = field(default_factory=Event)

    def sign(
        self, sub: str = "ada", *, key: RSAKey = KEY, header: dict[str, Any] | None = None, **claims: Any
    ) -> str:
        """A token that is good but for what is changed. A claim of None is left out."""
        now = int(time.time())
        whole = {"iss": self.url, "sub": sub, "iat": now - 1, "exp": now + 600, **claims}
        whole = {name: value for name, value in whole.items() if value is not None}
        return jwt.encode(
            {"alg": "RS256", "kid": key.kid, **(header or {})}, whole, key, algorithms=["RS256"]
        )

    def answer(self, path: str, authorization: str) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            endpoints = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            return {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/keys",
                **{f"{name}_endpoint": f"{self.url}/{at}" for name, at in endpoints.items()},
                **self.metadata,
            }
        if path == "/keys":
            return dict(KeySet([KEY]).as_dict())
        if path == "/token":
            return {"access_token": self.sign(), "token_type": "Bearer", "id_token": self.id_token}
        return self.userinfo(authorization.removeprefix("Bearer ")) if path == "/userinfo" else None

    def userinfo(self, token: str) -> dict[str, Any] | None:
        if token in self.opaque:
            return self.opaque[token]
        try:
            return self.people.get(jwt.decode(token, KEY).claims["sub"])
        except (JoseError, ValueError):
            return None


@contextmanager
def issuer() -> Iterator[Issuer]:
    it = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            it.requests.append(self.path)
            length = int(self.headers.get("Content-Length", 0))
            if length:
                it.form = dict(parse_qsl(self.rfile.read(length).decode()))
            if self.path in it.hanging:
                it.over.wait()
            told = it.answer(self.path, self.headers.get("Authorization", ""))
            body = json.dumps(told or {"error": "invalid_token"}).encode()
            self.send_response(500 if self.path in it.broken else 200 if told else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        it.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield it
        finally:
            it.over.set()
            server.shutdown()
            thread.join()
