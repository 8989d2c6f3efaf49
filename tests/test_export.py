"""All matching results as a download."""

import csv
import io
import json

import pyarrow.parquet
import pytest
from answers import places, refused
from factories import a_benchmark, a_flavor, a_result, a_site, a_tag


@pytest.fixture(scope="module")
def exported(app):
    """A benchmark with results that are hard to write down, and where they are."""
    with app.client("user") as user, app.client("admin") as admin:
        benchmark, site = a_benchmark(user, admin), a_site(user, admin, name='=Site "Ü", 1')
        flavor, tag = a_flavor(user, admin, site=site), a_tag(user, name="+1, maybe")
        documents = [
            {"score": 1.5, "machine": {"cpu": "=cmd|'/C calc'!A0", "cores": 4}},
            {"score": 2, "note": 'line\nbreak, "quoted"', "machine": {"cores": 8}},
            {"score": 3, "note": ["a", 1], "machine": {"cpu": "-1", "cores": 16}},
        ]
        for n, document in enumerate(documents, start=1):
            when = f"2024-01-0{n}T00:00:00+00:00"
            a_result(
                user, admin, benchmark=benchmark, flavor=flavor, json=document, executed=when, tags=[tag]
            )
        yield benchmark, documents


def export(client, benchmark, **query):
    answer = client.get("/results:export", params={"benchmark_id": benchmark["id"], **query})
    assert answer.status_code == 200, answer.text
    return answer


def test_ndjson_holds_whole_results_one_a_line(client, exported):
    benchmark, documents = exported
    answer = export(client, benchmark)
    assert answer.headers["content-type"] == "application/x-ndjson"
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["json"] for row in rows] == documents
    listed = client.get("/results", params={"benchmark_id": benchmark["id"]}).json()["items"]
    for row, item in zip(rows, listed, strict=True):
        assert row["benchmark"].items() <= item["benchmark"].items()
        assert {**row, "benchmark": 0} == {**item, "benchmark": 0}


def test_json_is_an_array_of_the_chosen_members(client, exported):
    benchmark, documents = exported
    answer = export(client, benchmark, format="json", fields="json,site.name", sort_by="-json.score")
    assert answer.json() == [{"json": each, "site": {"name": '=Site "Ü", 1'}} for each in reversed(documents)]
    assert export(client, benchmark, format="json", filters="score > 99").json() == []


def test_csv_is_safe_to_open_in_a_spreadsheet(client, exported):
    benchmark, _ = exported
    columns = ["site", "tags", "json.score", "json.machine.cpu", "json.note"]
    answer = export(client, benchmark, format="csv", columns=columns)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "\r\n" in answer.text
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert rows == [
        columns,
        ['\'=Site "Ü", 1', "'+1, maybe", "1.5", "'=cmd|'/C calc'!A0", ""],
        ['\'=Site "Ü", 1', "'+1, maybe", "2", "", 'line\nbreak, "quoted"'],
        ['\'=Site "Ü", 1', "'+1, maybe", "3", "'-1", '["a",1]'],
    ]


def test_csv_has_the_declared_fields_by_default(client, exported):
    header = export(client, exported[0], format="csv").text.splitlines()[0]
    assert header == (
        "id,execution_datetime,upload_datetime,benchmark,site,flavor,tags,json.score,json.machine.cores,json.machine.cpu"
    )


def test_parquet_keeps_the_types_of_declared_fields(client, exported):
    columns = ["json.score", "json.machine.cpu", "json.note", "flavor"]
    answer = export(client, exported[0], format="parquet", columns=columns)
    table = pyarrow.parquet.read_table(io.BytesIO(answer.content))
    assert [str(kind) for kind in table.schema.types] == ["double", "string", "string", "string"]
    assert table.column("json.score").to_pylist() == [1.5, 2.0, 3.0]
    assert table.column("json.note").to_pylist() == [None, 'line\nbreak, "quoted"', '["a",1]']


def test_only_selected_results_are_exported(client, exported):
    benchmark, _ = exported
    ids = [item["id"] for item in client.get(f"/results?benchmark_id={benchmark['id']}").json()["items"]]
    rows = export(client, benchmark, ids=ids[1:], format="json", fields="id").json()
    assert [row["id"] for row in rows] == ids[1:]


def test_more_than_a_page_is_walked_to_the_end(client, user, admin):
    benchmark, flavor = a_benchmark(user, admin), a_flavor(user, admin)
    where = {"benchmark_id": benchmark["id"], "flavor_id": flavor["id"]}
    lines = [
        json.dumps(
            {**where, "execution_datetime": f"2024-01-01T00:00:{n % 60:02}Z", "json": {"score": n % 7}}
        )
        for n in range(1000)
    ]
    for _ in range(2):
        assert user.post("/results:batch", content="\n".join(lines)).json()["stored"] == 1000
    a_result(user, admin, benchmark=benchmark, flavor=flavor)
    for sort in ("+execution_datetime", "-json.score", "+site_name,-json.score"):
        rows = export(client, benchmark, fields="id", sort_by=sort).text.splitlines()
        assert len(set(rows)) == len(rows) == 2001


def test_wrong_questions_are_refused_before_anything_is_sent(client):
    assert places(client.get("/results:export?columns=colour")) == ["columns"]
    assert places(client.get("/results:export?columns=json.a..b")) == ["columns"]
    assert places(client.get("/results:export?format=xml")) == ["format"]
    assert places(client.get("/results:export?filters=nonsense")) == ["filters"]
    refused(client.get("/results:export?sort_by=name"), 422)
