"""Public answers kept as long as the database stays as it is.

The key is the database's snapshot with the address: nothing visible has changed while the snapshot is the
same, so an answer is never stale, on any number of hosts, and nothing needs to be invalidated.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Response, current_app, request
from prometheus_client import Counter

from ..replicas import Reads

LARGEST_SHARE = 8
"""An answer larger than this part of the cache is not kept."""
LOOKUPS = Counter("eosc_perf_answers", "Public answers, by whether they were kept before.", ["kept"])

Key = tuple[str, str]


@dataclass(frozen=True)
class Answer:
    body: bytes
    etag: str
    mimetype: str
    link: str | None


class Cache:
    """The latest answers, bounded in bytes; the least recently used go first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.answers: OrderedDict[Key, Answer] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Key) -> Answer | None:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
            return self.answers.get(key)

    def put(self, key: Key, answer: Answer) -> None:
        if weight(key, answer) > self.most_bytes // LARGEST_SHARE:
            return
        with self.lock:
            before = self.answers.pop(key, None)
            self.bytes -= weight(key, before) if before else 0
            self.answers[key] = answer
            self.bytes += weight(key, answer)
            while self.bytes > self.most_bytes:
                self.bytes -= weight(*self.answers.popitem(last=False))


def weight(key: Key, answer: Answer) -> int:
    return len(answer.body) + 2 * len(key[1]) + 500


def kept(answer_anew: Callable[[], Any]) -> Response:
    """The kept answer to this request, or a new one; 304 if the client has it already."""
    reads: Reads = current_app.extensions["reads"]
    return reads.carry_out(lambda state: at_state(state, answer_anew))


def at_state(state: str, answer_anew: Callable[[], Any]) -> Response:
    """state: what of the database is visible; it changes with each commit."""
    cache: Cache = current_app.extensions["answers"]
    key = (state, f"{request.environ['PATH_INFO']}?{request.environ['QUERY_STRING']}")
    answer = cache.get(key)
    LOOKUPS.labels("yes" if answer else "no").inc()
    if answer is None:
        response = current_app.make_response(answer_anew())
        if response.status_code != 200 or response.is_streamed:
            return response
        body = response.get_data()
        etag = hashlib.blake2b(body, digest_size=16).hexdigest()
        answer = Answer(body, etag, response.mimetype or "", response.headers.get("Link"))
        cache.put(key, answer)
    response = Response(answer.body, mimetype=answer.mimetype)
    if answer.link:
        response.headers["Link"] = answer.link
    response.set_etag(answer.etag)
    response.make_conditional(request)
    return response
