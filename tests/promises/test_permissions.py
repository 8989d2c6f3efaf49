"""Every operation names a permission, and every permission guards something."""

from eosc_perf.server import create_app
from eosc_perf.server.config import Settings
from eosc_perf.server.web.access import POLICY

APP = create_app(Settings(database_url="postgresql://"))
UNGUARDED = {"openapi", "swagger"}
"""Blueprints of the API's own description, which is for everyone."""


def test_every_route_names_a_permission_of_the_policy() -> None:
    views = {
        rule.endpoint: APP.view_functions[rule.endpoint]
        for rule in APP.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and rule.endpoint.split(".")[0] not in UNGUARDED
    }
    assert len(views) > 50
    assert {name for name, view in views.items() if getattr(view, "permission", None) not in POLICY} == set()


def test_every_permission_guards_a_route() -> None:
    used = {getattr(view, "permission", None) for view in APP.view_functions.values()}
    assert set(POLICY) - used == set()
