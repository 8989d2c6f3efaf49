"""Public answers are kept while the data stay as they are, and are never stale."""

import httpx
from factories import a_benchmark, a_flavor, a_result, a_site, a_tag

from eosc_perf.server.web.cache import Answer, Cache


def test_an_answer_carries_an_etag_and_is_not_sent_twice(client, user, admin):
    site = a_site(user, admin)
    first = client.get(f"/sites/{site['id']}")
    again = client.get(f"/sites/{site['id']}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/sites/{site['id']}", headers={"If-None-Match": '"something else"'})
    assert other.json() == site


def test_a_change_shows_at_once_in_a_kept_list(client, user, admin):
    benchmark = a_benchmark(user, admin)
    address = f"/results?benchmark_id={benchmark['id']}&fields=id"
    assert client.get(address).json()["total"] == 0
    before = client.get(address).headers["ETag"]
    result = a_result(user, admin, benchmark=benchmark)
    after = client.get(address, headers={"If-None-Match": before})
    assert after.json()["items"] == [{"id": result["id"]}]
    assert user.delete(f"/results/{result['id']}").status_code == 204
    assert client.get(address).json()["total"] == 0


def test_what_one_person_may_see_is_not_kept_for_others(client, user, admin):
    site = a_site(user)
    assert user.get(f"/sites/{site['id']}").status_code == 200
    assert client.get(f"/sites/{site['id']}").status_code == 404
    assert "ETag" not in user.get(f"/sites/{site['id']}").headers


def test_refusals_are_not_kept(client, user, admin):
    tag = a_tag(user)
    assert client.get(f"/tags/{tag['id']}").status_code == 200
    assert admin.delete(f"/tags/{tag['id']}").status_code == 204
    assert client.get(f"/tags/{tag['id']}").status_code == 404


def test_the_cache_forgets_what_was_used_least_recently():
    cache = Cache(most_bytes=40_000)
    answers = {("s", f"/{n}"): Answer(b"x" * 4000, "e", "application/json", None) for n in range(20)}
    for key, answer in answers.items():
        cache.put(key, answer)
        cache.get(("s", "/0"))
    assert cache.get(("s", "/0"))
    assert cache.get(("s", "/19"))
    assert not cache.get(("s", "/1"))
    assert cache.bytes <= cache.most_bytes
    cache.put(("s", "/huge"), Answer(b"x" * 30_000, "e", "application/json", None))
    assert not cache.get(("s", "/huge"))


def walk(client: httpx.Client, address: str) -> list[str]:
    """Ids along the `next` links."""
    seen: list[str] = []
    while address:
        page = client.get(address)
        assert page.status_code == 200, page.text
        seen += [item["id"] for item in page.json()["items"]]
        address = page.links.get("next", {}).get("url", "").removeprefix("/api/v1")
    return seen


SORTS = (
    "+execution_datetime",
    "-upload_datetime",
    "+json.score",
    "-json.score",
    "-json.note,+site_name",
    "+flavor_id",
)


def test_next_links_walk_through_everything_once_in_every_order(client, user, admin):
    benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)
    results = [
        a_result(
            user,
            admin,
            benchmark=benchmark,
            flavor=flavor,
            executed=f"2024-01-0{1 + n % 3}T00:00:00+00:00",
            json={"score": n % 4} | ({"note": f"n{n % 3}"} if n % 2 else {}),
        )
        for n in range(11)
    ]
    for sort in SORTS:
        for where in ({"benchmark_id": benchmark["id"]}, {"flavor_id": flavor["id"]}):
            query = httpx.QueryParams({**where, "sort_by": sort, "per_page": 3, "fields": "id"})
            walked = walk(client, f"/results?{query}")
            assert sorted(walked) == sorted(result["id"] for result in results), sort
            pages = [
                item["id"]
                for page in range(1, 5)
                for item in client.get(f"/results?{query}&page={page}").json()["items"]
            ]
            assert pages == walked, sort


def test_a_walk_is_not_disturbed_by_what_is_added_meanwhile(client, user, admin):
    benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)

    def add(day: int) -> str:
        where = {"benchmark": benchmark, "flavor": flavor}
        return a_result(user, admin, executed=f"2024-03-{day:02}T00:00:00+00:00", **where)["id"]

    ids = [add(day) for day in (5, 10, 15, 20)]
    query = f"/results?benchmark_id={benchmark['id']}&per_page=2&fields=id"
    first = client.get(query)
    add(1)
    rest = walk(client, first.links["next"]["url"].removeprefix("/api/v1"))
    assert [item["id"] for item in first.json()["items"]] + rest == ids


def test_a_cursor_of_another_question_is_refused(client):
    for after in ("nonsense", "W10", "é", "W251bGwsIm5vIl0"):
        answer = client.get("/results", params={"after": after})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "after"
    assert client.get("/results", params={"after": "W10", "page": 2}).status_code == 422
