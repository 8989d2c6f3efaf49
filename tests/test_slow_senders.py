"""People whose bodies come slowly, or never to the end, hold nothing that others need."""

import socket
from urllib.parse import urlsplit

from factories import a_document, made, unique


def unfinished_upload(app, token: str) -> socket.socket:
    """A POST whose body stops halfway."""
    at = urlsplit(app.url)
    connection = socket.create_connection((at.hostname, at.port), timeout=5)
    head = (
        f"POST /api/v1/tags HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: {token}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    )
    connection.sendall(head.encode() + b'{"name": "')
    return connection


def test_unfinished_uploads_keep_no_database_connection_from_others(app, client, user):
    token = user.headers["Authorization"]
    waiting = [unfinished_upload(app, token) for _ in range(16)]  # twice the connections of the pool
    try:
        for page in range(1, 6):
            assert (
                client.get("/results", params={"page": page, "upload_after": "2021-02-03"}).status_code == 200
            )
        made(user.post("/tags", json={"name": unique("tag")}))
    finally:
        for connection in waiting:
            connection.close()


def test_a_batch_with_a_key_may_be_as_long_as_one_without(user):
    line = b'{"json": ' + str(a_document()).encode() + b"}\n"
    body = line * (1_100_000 // len(line))
    answer = user.post("/results:batch", content=body, headers={"Idempotency-Key": unique("key")})
    assert answer.status_code == 422  # too many lines, not too many bytes
