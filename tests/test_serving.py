"""The server process, as `eosc-perf serve` starts it."""

from dataclasses import replace

import httpx
import pytest

from eosc_perf.server import processes, serving


@pytest.fixture(scope="module")
def two_workers(settings, tmp_path_factory):
    """The address of a server with two processes, and of the folder with its web interface."""
    ui = tmp_path_factory.mktemp("ui")
    (ui / "index.html").write_text("<!doctype html><title>Page</title>")
    port = processes.free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path_factory.mktemp("serving") / "server.log"
    changed = replace(settings, public_url=url, ui_folder=str(ui))
    with serving.web_server(changed, port, workers=2, log=log):
        yield url, ui


def test_metrics_show_the_sum_of_all_processes(two_workers):
    url, _ = two_workers
    with httpx.Client(headers={"Connection": "close"}) as client:  # so that both processes get some
        for _ in range(40):
            assert client.get(f"{url}/api/v1/info").status_code == 200
    lines = httpx.get(f"{url}/metrics").text.splitlines()
    counted = [line for line in lines if "eosc_perf_requests_total" in line and "/info" in line]
    assert [line.split()[-1] for line in counted] == ["40.0"]
    assert "eosc_perf_database_up 1.0" in lines


def test_a_page_built_anew_is_served_without_a_restart(two_workers):
    url, ui = two_workers
    assert httpx.get(f"{url}/assets/new.js").status_code == 404
    (ui / "assets").mkdir()
    (ui / "assets" / "new.js").write_text("1")
    answer = httpx.get(f"{url}/assets/new.js")
    assert answer.text == "1"
    assert "immutable" in answer.headers["cache-control"]
    assert httpx.get(f"{url}/results/anything").text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    "path", ["..%2fserver.log", "assets/%00", "assets/" + "x" * 5000, "%2e%2e/%2e%2e/etc/passwd"]
)
def test_no_path_leads_out_of_the_folder(two_workers, path):
    answer = httpx.get(f"{two_workers[0]}/{path}")
    assert answer.status_code in {200, 404}
    assert "root:" not in answer.text
    if answer.status_code == 200:
        assert answer.text.startswith("<!doctype html>")


def test_who_is_logged_in_is_told_without_an_error(two_workers, user, newcomer):
    url, _ = two_workers
    nobody = httpx.get(f"{url}/auth/session").json()
    assert (nobody["logged_in"], nobody["registered"], nobody["is_admin"]) == (False, False, False)
    bearer = {"Authorization": user.headers["Authorization"]}
    known = httpx.get(f"{url}/auth/session", headers=bearer).json()
    assert (known["logged_in"], known["registered"], known["is_admin"]) == (True, True, False)
    bearer = {"Authorization": newcomer.headers["Authorization"]}
    assert httpx.get(f"{url}/auth/session", headers=bearer).json()["registered"] is False
