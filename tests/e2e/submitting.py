"""Filling in the form of a result, and what goes into it."""

import json

from playwright.sync_api import Page

GOOD = {
    "result": {"score": 98.75, "samples": [98.5, 99.0]},
    "machine": {"cpu": {"count": 8, "model": "Example CPU"}},
    "test": {"name": "pts/c-ray-1.2.0", "scene": "Total Time - 4K, 16 Rays Per Pixel"},
}
BAD = {**GOOD, "result": {"score": "fast", "samples": [98.5, 99.0]}}


def choose(page: Page, label: str, name: str) -> None:
    page.get_by_role("combobox", name=label).fill(name)
    page.get_by_role("option", name=name).first.click()


def say_where_and_when(page: Page) -> None:
    choose(page, "Benchmark", "c-ray")
    choose(page, "Site", "CESNET-MCC")
    choose(page, "Flavor", "hpc.8core-16ram")
    page.get_by_label("Date").fill("2024-05-06")
    page.get_by_label("Time", exact=True).fill("07:08:09")
    page.get_by_label("Time zone").select_option("Europe/Prague")


def write(page: Page, document: object) -> None:
    page.get_by_role("textbox", name="JSON").fill(json.dumps(document, indent=2))
