"""What tests look at in answers."""

from typing import Any

import httpx

Json = dict[str, Any]


def items(answer: httpx.Response) -> list[Json]:
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def ids(answer: httpx.Response) -> list[str]:
    return [item["id"] for item in items(answer)]


def refused(answer: httpx.Response, status: int) -> Json:
    """The problem document, after checking that the request was refused with this status."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text}"
    assert answer.headers["content-type"] == "application/problem+json"
    problem: Json = answer.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


def places(answer: httpx.Response) -> list[str]:
    """The pointers and parameters that a 422 complains of."""
    return [each.get("pointer", each.get("parameter")) for each in refused(answer, 422)["errors"]]
