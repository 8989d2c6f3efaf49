"""Many results in one request, a line each."""

import json

import pytest
from answers import places, refused
from factories import a_benchmark, a_document, a_flavor, a_tag, made


@pytest.fixture
def place(user, admin):
    """Where a line's result belongs."""
    return {
        "benchmark_id": a_benchmark(user, admin)["id"],
        "flavor_id": a_flavor(user, admin)["id"],
        "execution_datetime": "2024-05-06T07:08:09+02:00",
    }


def lines(*each) -> bytes:
    return b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in each)


def listed(client, place):
    answer = client.get("/results", params={"benchmark_id": place["benchmark_id"], "sort_by": "+json.score"})
    return made(answer, status=200)["items"]


def test_good_lines_are_stored_as_if_they_came_alone(client, user, place):
    tag = a_tag(user)
    body = lines(*({**place, "tags_ids": [tag["id"]], "json": a_document(n)} for n in (1.5, 2.5)))
    answer = made(user.post("/results:batch", content=body), status=200)
    assert (answer["stored"], answer["refused"]) == (2, 0)
    found = listed(client, place)
    assert [item["id"] for item in found] == [item["id"] for item in answer["items"]]
    assert [item["json"] for item in found] == [a_document(1.5), a_document(2.5)]
    assert [tag["name"] for tag in found[0]["tags"]] == [tag["name"]]
    assert found[0]["execution_datetime"] == "2024-05-06T05:08:09+00:00"
    filtered = client.get("/results", params={"benchmark_id": place["benchmark_id"], "filters": "score > 2"})
    assert [item["id"] for item in filtered.json()["items"]] == [found[1]["id"]]


WRONG = {
    "broken": b"{",
    "a document that breaks the schema": {"json": {"score": "fast"}},
    "no document": {},
    "no zone": {"json": a_document(), "execution_datetime": "2024-05-06T07:08:09"},
    "an unknown tag": {"json": a_document(), "tags_ids": ["00000000-0000-4000-8000-000000000000"]},
    "an unknown benchmark": {"json": a_document(), "benchmark_id": "00000000-0000-4000-8000-000000000000"},
    "a member too many": {"json": a_document(), "colour": "blue"},
}
POINTERS = [None, "/json/score", "/json", "/execution_datetime", "/tags_ids/0", "/benchmark_id", "/colour"]


def test_each_wrong_line_is_answered_and_the_good_ones_are_kept(client, user, place):
    wrong = [line if isinstance(line, bytes) else {**place, **line} for line in WRONG.values()]
    body = lines(*wrong, {**place, "json": a_document(3)})
    answer = made(user.post("/results:batch", content=body), status=200)
    assert (answer["stored"], answer["refused"]) == (1, len(WRONG))
    assert [item["status"] for item in answer["items"]] == [422] * len(WRONG) + [201]
    assert [item["errors"][0].get("pointer") for item in answer["items"][:-1]] == POINTERS
    assert [item["id"] for item in listed(client, place)] == [answer["items"][-1]["id"]]


def test_an_atomic_batch_is_stored_whole_or_not_at_all(client, user, place):
    good, bad = {**place, "json": a_document(3)}, {**place, "json": {"score": "fast"}}
    answer = user.post("/results:batch?atomic=true", content=lines(good, bad))
    assert places(answer) == ["/1/json/score"]
    assert listed(client, place) == []
    made(user.post("/results:batch?atomic=true", content=lines(good, good)), status=200)
    assert len(listed(client, place)) == 2


def test_a_pending_benchmark_takes_no_lines(user, admin, place):
    pending = a_benchmark(user)
    line = {**place, "benchmark_id": pending["id"], "json": a_document()}
    answer = made(user.post("/results:batch", content=lines(line)), status=200)
    assert answer["items"][0]["errors"][0]["pointer"] == "/benchmark_id"


@pytest.mark.parametrize("body", [b"", b"\n\n", b"{}\n" * 1001])
def test_a_batch_without_lines_or_with_too_many_is_refused(user, body):
    refused(user.post("/results:batch", content=body), 422)


def test_a_batch_is_bounded_in_bytes(user):
    refused(user.post("/results:batch", content=b" " * (17 * 1024 * 1024)), 413)


def test_a_repeated_batch_with_a_key_is_stored_once(client, user, place):
    body, headers = lines({**place, "json": a_document()}), {"Idempotency-Key": place["flavor_id"]}
    first = user.post("/results:batch", content=body, headers=headers)
    again = user.post("/results:batch", content=body, headers=headers)
    assert first.json() == again.json()
    assert len(listed(client, place)) == 1
