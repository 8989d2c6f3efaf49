"""Real container registries on loopback (Debian's docker-registry), and HTTP servers that answer as told."""

import base64
import datetime
import gzip
import hashlib
import io
import json
import re
import shutil
import ssl
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from eosc_perf.server.benchmarks.registry import RegistryUnreachable, resolve

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
DIGEST = "sha256:" + "0123456789abcdef" * 4


@dataclass(frozen=True)
class Registry:
    """address: host:port, to be put in front of a repository's name."""

    address: str

    def push(self, name: str, tag: str) -> str:
        """Pushes a tiny image, which prints nothing; returns its digest."""
        layer = _layer(f"This is {name}:{tag}.")
        config = {
            "architecture": "amd64",
            "os": "linux",
            "config": {"Cmd": ["/bin/true"]},
            "rootfs": {"type": "layers", "diff_ids": [digest_of(gzip.decompress(layer))]},
        }
        with httpx.Client(base_url=f"http://{self.address}/v2/{name}", trust_env=False) as client:
            manifest = {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": _upload(
                    client, json.dumps(config).encode(), "application/vnd.oci.image.config.v1+json"
                ),
                "layers": [_upload(client, layer, "application/vnd.oci.image.layer.v1.tar+gzip")],
            }
            return _put(client, tag, manifest)

    def push_index(self, name: str, tag: str) -> str:
        """Pushes an index that lists one image; returns the index's digest."""
        digest = self.push(name, f"{tag}-amd64")
        with httpx.Client(base_url=f"http://{self.address}/v2/{name}", trust_env=False) as client:
            size = len(client.get(f"/manifests/{digest}", headers={"Accept": MANIFEST}).content)
            platform = {"architecture": "amd64", "os": "linux"}
            listed = {"mediaType": MANIFEST, "digest": digest, "size": size, "platform": platform}
            return _put(client, tag, {"schemaVersion": 2, "mediaType": INDEX, "manifests": [listed]})


def refusal(address: str, *, allow_private: bool = True, timeout: float = 5.0) -> str:
    """Why the registry at `address` could not be asked."""
    with pytest.raises(RegistryUnreachable) as refused:
        resolve(f"{address}/app", "1.0", allow_private=allow_private, timeout=timeout)
    return str(refused.value)


def digest_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _layer(text: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        entry = tarfile.TarInfo("README")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


def _upload(client: httpx.Client, blob: bytes, media_type: str) -> dict[str, object]:
    started = client.post("/blobs/uploads/").raise_for_status()
    digest = digest_of(blob)
    location = httpx.URL(started.headers["Location"]).copy_merge_params({"digest": digest})
    client.put(location, content=blob).raise_for_status()
    return {"mediaType": media_type, "digest": digest, "size": len(blob)}


def _put(client: httpx.Client, tag: str, manifest: dict[str, object]) -> str:
    body = json.dumps(manifest).encode()
    headers = {"Content-Type": str(manifest["mediaType"])}
    client.put(f"/manifests/{tag}", content=body, headers=headers).raise_for_status()
    return digest_of(body)


@contextmanager
def running(folder: Path, *, storage: Path, auth: dict[str, object] | None = None) -> Iterator[Registry]:
    """A docker-registry process on a free port. folder: for its settings and log; storage: its images."""
    program = shutil.which("docker-registry")
    if program is None:
        pytest.fail("These tests need a container registry: apt-get install docker-registry")
    settings = {
        "version": "0.1",
        "log": {"level": "info", "formatter": "json"},
        "storage": {"filesystem": {"rootdirectory": str(storage)}},
        "http": {"addr": "127.0.0.1:0"},
        **({"auth": {"token": auth}} if auth else {}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.yml").write_text(json.dumps(settings))  # YAML 1.2 contains JSON
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [program, "serve", str(folder / "config.yml")], stdout=output, stderr=output
        )
    try:
        yield Registry(f"127.0.0.1:{_port(process, log)}")
    finally:
        process.terminate()
        process.wait()


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    for _ in range(600):
        if listening := re.search(r"listening on 127\.0\.0\.1:(\d+)", log.read_text()):
            return int(listening[1])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"docker-registry did not start:\n{log.read_text()}")


@dataclass
class Server:
    """requests: method, path and headers of everything that was asked."""

    address: str
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@contextmanager
def serving(
    answer: Callable[[BaseHTTPRequestHandler], None],
    *,
    host: str = "127.0.0.1",
    tls: ssl.SSLContext | None = None,
) -> Iterator[Server]:
    """A loopback HTTP server that answers each GET and HEAD with `answer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.requests.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer(self)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what these tests are about."""

    listener = Quiet((host, 0), Handler)
    if tls:
        listener.socket = tls.wrap_socket(listener.socket, server_side=True)
    server = Server(f"{host}:{listener.server_port}")
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    """headers: with underscores for the dashes."""
    handler.send_response(status)
    for key, value in {"Content_Length": str(len(body)), **headers}.items():
        handler.send_header(key.replace("_", "-"), value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body)


@dataclass(frozen=True)
class Signer:
    """A key, and a certificate for it, signed with it."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        return self.key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)


def signer(*names: str) -> Signer:
    """names: of hosts, or their IPv4 addresses, that the certificate is for."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    known = [x509.IPAddress(IPv4Address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Signer(key, certificate)


def token_for(query: str, by: Signer) -> str:
    """What a token server gives to anybody: pulling, of all but the repositories under `private/`."""
    asked = parse_qs(query)
    kind, name, _ = asked["scope"][0].split(":")
    access = [] if name.startswith("private/") else [{"type": kind, "name": name, "actions": ["pull"]}]
    now = int(time.time())
    claims = {
        "iss": "tests",
        "sub": "",
        "aud": asked["service"][0],
        "nbf": now - 60,
        "exp": now + 300,
        "access": access,
    }
    der = by.certificate.public_bytes(serialization.Encoding.DER)
    return jwt.encode(claims, by.key, algorithm="ES256", headers={"x5c": [base64.b64encode(der).decode()]})


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry that lets everybody pull and push."""
    folder = tmp_path_factory.mktemp("registry")
    with running(folder, storage=folder / "images") as started:
        yield started


@dataclass(frozen=True)
class TokenRegistry:
    """A registry with the images of `open`, of which the token server at `tokens` lets people pull."""

    address: str
    open: Registry
    tokens: Server


@pytest.fixture(scope="session")
def token_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenRegistry]:
    folder = tmp_path_factory.mktemp("token-registry")
    by = signer("tests")
    (folder / "cert.pem").write_bytes(by.pem)

    def give_token(handler: BaseHTTPRequestHandler) -> None:
        token = token_for(urlsplit(handler.path).query, by)
        reply(handler, 200, json.dumps({"token": token}).encode(), Content_Type="application/json")

    with serving(give_token) as tokens:
        auth: dict[str, object] = {
            "realm": f"http://{tokens.address}/token",
            "service": "the registry of the tests",
            "issuer": "tests",
            "rootcertbundle": str(folder / "cert.pem"),
        }
        images = folder / "images"
        with (
            running(folder / "open", storage=images) as pushed,
            running(folder, storage=images, auth=auth) as guarded,
        ):
            yield TokenRegistry(guarded.address, open=pushed, tokens=tokens)
