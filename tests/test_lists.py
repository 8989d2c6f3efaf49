"""What all lists have in common: pages, sorting, search terms, dates, and the choice of members."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from answers import ids, items, places
from conftest import Server
from factories import IMAGE_REGISTRY, Json, a_benchmark, a_flavor, a_site, a_tag, made

WORDS = ("delta", "bravo", "charlie", "alpha")
DESCRIPTIONS = ("zwei", None, "eins", "zwei")


@dataclass(frozen=True)
class Listing:
    """A list that was narrowed down to `things`, by params."""

    path: str
    params: Json
    things: list[Json]
    sortable: tuple[str, ...]

    def get(self, client: httpx.Client, **params: Any) -> httpx.Response:
        return client.get(self.path, params=self.params | params)

    def ids(self, client: httpx.Client, **params: Any) -> list[str]:
        return ids(self.get(client, **params))


def described() -> list[tuple[str, Json]]:
    return [
        (word, {"description": text} if text else {}) for word, text in zip(WORDS, DESCRIPTIONS, strict=True)
    ]


def sites(user: httpx.Client, admin: httpx.Client, *, search: bool) -> Listing:
    address = f"https://{uuid4().hex}.example"
    things = [
        a_site(user, admin, name=f"{word} {uuid4()}", address=address, **more) for word, more in described()
    ]
    path, params = ("/sites:search", {"terms": address}) if search else ("/sites", {"address": address})
    return Listing(path, params, things, ("name", "address", "description", "upload_datetime", "id"))


def flavors(user: httpx.Client, admin: httpx.Client, *, search: bool) -> Listing:
    site = a_site(user, admin)
    things = [a_flavor(user, admin, site=site, name=word, **more) for word, more in described()]
    a_flavor(user, admin)  # of another site
    path = f"/sites/{site['id']}/flavors{':search' if search else ''}"
    return Listing(path, {}, things, ("name", "description", "upload_datetime", "id"))


def benchmarks(user: httpx.Client, admin: httpx.Client, *, search: bool) -> Listing:
    image = f"{IMAGE_REGISTRY}/{uuid4().hex}"
    things = [
        a_benchmark(user, admin, docker_image=image, docker_tag=word, **more) for word, more in described()
    ]
    path, params = (
        ("/benchmarks:search", {"terms": image}) if search else ("/benchmarks", {"docker_image": image})
    )
    sortable = ("docker_image", "docker_tag", "description", "upload_datetime", "id")
    return Listing(path, params, things, sortable)


def tags(user: httpx.Client, admin: httpx.Client, *, search: bool) -> Listing:
    mark = uuid4().hex
    things = [a_tag(user, name=f"{word} {mark}", **more) for word, more in described()]
    return Listing("/tags:search", {"terms": mark}, things, ("name", "description", "id"))


LISTS = {"sites": sites, "flavors": flavors, "benchmarks": benchmarks, "tags": tags}
WAYS = [(name, search) for name in LISTS for search in (False, True) if search or name != "tags"]


@pytest.fixture(scope="module", params=WAYS, ids=[f"{name}{':search' * search}" for name, search in WAYS])
def listing(app: Server, request: pytest.FixtureRequest) -> Listing:
    name, search = request.param
    with app.client("user") as user, app.client("admin") as admin:
        return LISTS[name](user, admin, search=search)


def in_order(things: list[Json], key: str, *, descending: bool = False) -> list[str]:
    """Ids by `key`: those without it last, and by id where it is the same."""

    def value(thing: Json) -> Any:
        text = thing[key]
        return datetime.fromisoformat(text) if key.endswith("datetime") else text

    by_id = sorted(things, key=lambda thing: thing["id"])
    known = sorted((thing for thing in by_id if key in thing), key=value, reverse=descending)
    return [thing["id"] for thing in [*known, *(thing for thing in by_id if key not in thing)]]


def test_a_list_is_sorted_by_each_of_its_keys_in_both_directions(
    listing: Listing, client: httpx.Client
) -> None:
    for key in listing.sortable:
        assert listing.ids(client, sort_by=f"+{key}") == in_order(listing.things, key)
        assert listing.ids(client, sort_by=f"-{key}") == in_order(listing.things, key, descending=True)


def test_a_second_key_decides_where_the_first_is_the_same(listing: Listing, client: httpx.Client) -> None:
    shown = items(listing.get(client, sort_by="-description,-id"))
    assert [thing.get("description") for thing in shown] == ["zwei", "zwei", "eins", None]
    assert shown[0]["id"] > shown[1]["id"]


def test_the_plus_may_arrive_as_a_blank(listing: Listing, client: httpx.Client) -> None:
    query = httpx.QueryParams(listing.params)
    for plus in ("+", "%20", "%2B"):
        answer = client.get(f"{listing.path}?{query}&sort_by={plus}description,{plus}id")
        assert ids(answer) == in_order(listing.things, "description")


def test_a_list_has_an_order_without_being_asked(listing: Listing, client: httpx.Client) -> None:
    name = "docker_image" if "benchmark" in listing.path else "name"
    assert listing.ids(client) == in_order(listing.things, name)


@pytest.mark.parametrize(
    "sort_by",
    [
        "+colour",
        "id",
        "+",
        "*id",
        "+id,",
        "+id;-id",
        "+__class__",
        "+metadata",
        "+uploader_id",
        ",".join(["+id"] * 11),
    ],
)
def test_an_unknown_sort_key_or_a_missing_sign_is_refused(
    listing: Listing, client: httpx.Client, sort_by: str
) -> None:
    assert places(listing.get(client, sort_by=sort_by)) == ["sort_by"]


def test_pages_say_where_one_is(listing: Listing, client: httpx.Client) -> None:
    def page(number: int) -> Json:
        shown = made(listing.get(client, page=number, per_page=3), status=200)
        return shown | {"items": len(shown["items"])}

    always = {"per_page": 3, "pages": 2, "total": 4}
    assert page(1) == always | {"items": 3, "page": 1, "has_next": True, "has_prev": False, "next_num": 2}
    assert page(2) == always | {"items": 1, "page": 2, "has_next": False, "has_prev": True, "prev_num": 1}
    assert page(9) == always | {"items": 0, "page": 9, "has_next": False, "has_prev": True, "prev_num": 8}


def test_pages_neither_repeat_nor_skip_where_all_sort_the_same(
    listing: Listing, client: httpx.Client
) -> None:
    seen = [
        listing.ids(client, sort_by="-description", per_page=1, page=page)[0]
        for page in range(1, len(listing.things) + 1)
    ]
    assert seen == in_order(listing.things, "description", descending=True)


def test_a_list_holds_a_hundred_unless_told(listing: Listing, client: httpx.Client) -> None:
    shown = listing.get(client).json()
    assert (shown["page"], shown["per_page"], shown["pages"]) == (1, 100, 1)


@pytest.mark.parametrize(
    "name, value",
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "1.5"),
        ("page", "one"),
        ("page", ""),
        ("page", "9" * 30),
        ("per_page", "0"),
        ("per_page", "101"),
        ("colour", "red"),
        ("page[]", "1"),
    ],
)
def test_a_wrong_or_unknown_parameter_is_named(
    listing: Listing, client: httpx.Client, name: str, value: str
) -> None:
    assert places(listing.get(client, **{name: value})) == [name]


def test_a_parameter_that_is_no_list_is_given_once(listing: Listing, client: httpx.Client) -> None:
    assert places(listing.get(client, page=["1", "2"])) == ["page"]


def test_one_may_choose_the_members(listing: Listing, client: httpx.Client) -> None:
    whole = items(listing.get(client))
    chosen = items(listing.get(client, fields="id,description,nonsense"))
    assert chosen == [{key: thing[key] for key in ("id", "description") if key in thing} for thing in whole]


def test_an_empty_list_has_no_pages(client: httpx.Client) -> None:
    for path in ("/sites", "/tags"):
        assert client.get(path, params={"name": uuid4().hex}).json() == {
            "items": [],
            "page": 1,
            "per_page": 100,
            "pages": 0,
            "total": 0,
            "has_next": False,
            "has_prev": False,
        }


@dataclass(frozen=True)
class Searched:
    """A search, and a thing to be found by the text of each of the named members."""

    path: str
    make: Callable[..., Json]
    members: tuple[str, ...]


SEARCHES = {
    "sites": Searched("/sites:search", a_site, ("name", "address", "description")),
    "benchmarks": Searched("/benchmarks:search", a_benchmark, ("docker_image", "docker_tag", "description")),
    "tags": Searched("/tags:search", lambda by, _, **values: a_tag(by, **values), ("name", "description")),
    "flavors": Searched("/sites/{site}/flavors:search", a_flavor, ("name", "description")),
}


@pytest.fixture(params=SEARCHES.values(), ids=SEARCHES)
def search(request: pytest.FixtureRequest) -> Searched:
    found: Searched = request.param
    return found


def test_each_term_must_appear_in_one_of_the_searched_members(
    search: Searched, client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    texts = {
        member: f"{word.title()}{uuid4().hex}" for member, word in zip(search.members, WORDS, strict=False)
    }
    given = {m: f"{IMAGE_REGISTRY}/{t.lower()}" if m == "docker_image" else t for m, t in texts.items()}
    site = a_site(user, admin)
    more = {"site": site} if search.make is a_flavor else {}
    thing = search.make(user, admin, **given, **more)
    path = search.path.replace("{site}", site["id"])

    def found(*terms: str) -> list[str]:
        return ids(client.get(path, params={"terms": terms}))

    for text in texts.values():
        assert found(text[2:-2].upper()) == [thing["id"]]
    assert found(*texts.values()) == [thing["id"]]
    assert found(*texts.values(), uuid4().hex) == []
    assert ids(client.get(path, params={"terms[]": list(texts.values())})) == [thing["id"]]
    assert places(client.get(path, params={"terms": ["x"] * 21})) == ["terms"]


@pytest.mark.parametrize("odd", ["%", "_", "\\", "/", "'", "é"])
def test_a_term_means_what_it_says(client: httpx.Client, user: httpx.Client, odd: str) -> None:
    mark = uuid4().hex
    plain, special = a_tag(user, name=f"{mark}x{mark}"), a_tag(user, name=f"{mark}{odd}{mark}")
    assert ids(client.get("/tags:search", params={"terms": [mark, odd.upper()]})) == [special["id"]]
    assert ids(client.get("/tags:search", params={"terms": [mark, f"{mark[-3:]}{odd}{mark[:3]}"]})) == [
        special["id"]
    ]
    assert plain["id"] in ids(client.get("/tags:search", params={"terms": mark}))


WITH_DATES = [way for way in WAYS if way[0] != "tags"]


@pytest.mark.parametrize("listing", WITH_DATES, indirect=True, ids=str)
def test_bounds_of_the_upload_date_are_strict(listing: Listing, client: httpx.Client) -> None:
    first, second, third, fourth = (thing["id"] for thing in listing.things)
    at = [datetime.fromisoformat(thing["upload_datetime"]) for thing in listing.things]
    east = timedelta(hours=5)

    def between(**bounds: str) -> list[str]:
        return listing.ids(client, sort_by="+upload_datetime", **bounds)

    assert between(upload_after=at[0].isoformat()) == [second, third, fourth]
    assert between(upload_before=at[2].isoformat()) == [first, second]
    assert between(upload_after=at[0].isoformat(), upload_before=at[2].isoformat()) == [second]
    assert between(upload_after=at[2].replace(tzinfo=None).isoformat()) == [fourth]
    assert between(upload_after=f"{(at[2] + east).replace(tzinfo=None).isoformat()}+05:00") == [fourth]
    assert between(upload_after="2020-01-01", upload_before="2020-01-02") == []


@pytest.mark.parametrize("listing", WITH_DATES, indirect=True, ids=str)
@pytest.mark.parametrize(
    "moment", ["yesterday", "", "12", "1700000000", "2020-13-01", "0001-01-01T00:00:00+14:00", "9999-12-31"]
)
def test_what_is_no_date_is_refused(listing: Listing, client: httpx.Client, moment: str) -> None:
    for name in ("upload_before", "upload_after"):
        assert places(listing.get(client, **{name: moment})) == [name]


def test_tags_have_no_upload_date_and_no_status(client: httpx.Client) -> None:
    for name, value in (("upload_before", "2020-01-01"), ("status", "approved")):
        assert places(client.get("/tags", params={name: value})) == [name]


@pytest.mark.parametrize("listing", WITH_DATES, indirect=True, ids=str)
def test_an_unknown_status_is_refused(listing: Listing, client: httpx.Client) -> None:
    assert places(listing.get(client, status="rejected")) == ["status"]


def test_an_exact_filter_wants_the_whole_text(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    mark = uuid4().hex
    site = a_site(user, admin, name=f"Site {mark}", address=f"https://{mark}.example")
    flavor = a_flavor(user, admin, site=site, name=f"Flavor {mark}")
    benchmark = a_benchmark(user, admin, docker_image=f"{IMAGE_REGISTRY}/{mark}", docker_tag=f"T{mark}")
    tag = a_tag(user, name=f"Tag {mark}")
    flavors = f"/sites/{site['id']}/flavors"
    for path, member, thing in (
        ("/sites", "name", site),
        ("/sites", "address", site),
        (flavors, "name", flavor),
        ("/benchmarks", "docker_image", benchmark),
        ("/benchmarks", "docker_tag", benchmark),
        ("/tags", "name", tag),
    ):
        text = thing[member]
        assert ids(client.get(path, params={member: text})) == [thing["id"]]
        for other in (text[:-1], text.swapcase(), f"{text[:-1]}_", "%"):
            assert ids(client.get(path, params={member: other})) == []


def test_a_list_filtered_by_two_members_holds_what_has_both(
    client: httpx.Client, user: httpx.Client, admin: httpx.Client
) -> None:
    mine, other = a_site(user, admin), a_site(user, admin)
    for address, found in ((mine["address"], [mine["id"]]), ("https://elsewhere.example", [])):
        assert ids(client.get("/sites", params={"name": mine["name"], "address": address})) == found
    assert other["id"] not in ids(client.get("/sites", params={"name": mine["name"]}))
