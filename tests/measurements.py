"""A benchmark and what it measured, as tests of rankings need it."""

from typing import Any

import httpx
from factories import Json, a_benchmark, a_flavor, a_result, made

SIZED: Json = {
    "type": "object",
    "required": ["time", "rate", "cores"],
    "properties": {
        "time": {
            "type": "number",
            "x-perf": {"role": "metric", "unit": "s", "better": "lower", "primary": True},
        },
        "rate": {"type": "number", "x-perf": {"role": "metric", "unit": "MB/s", "better": "higher"}},
        "cores": {"type": "integer", "x-perf": {"role": "machine", "unit": "cores"}},
        "cpu": {"type": "string", "x-perf": {"role": "machine"}},
        "size": {"type": "integer", "x-perf": {"role": "parameter"}},
        "note": {"type": "string", "suggestToUser": True},
    },
}


class World:
    """A benchmark, and flavors with results, of one test."""

    def __init__(self, user: httpx.Client, admin: httpx.Client) -> None:
        self.user, self.admin = user, admin
        self.benchmark = a_benchmark(user, admin, json_schema=SIZED)

    def flavor(self, *times: float, **document: Any) -> str:
        """A flavor, with a run for each time on days of their own; its id."""
        flavor = a_flavor(self.user, self.admin)
        for day, time in enumerate(times):
            self.run(flavor, time, day=day, **document)
        return str(flavor["id"])

    def run(self, flavor: Json, time: float, *, day: int = 0, **document: Any) -> Json:
        values = {"time": time, "rate": 1000 / time, "cores": 4, "cpu": "Example 1", "size": 1} | document
        executed = f"2024-{1 + day // 28:02}-{1 + day % 28:02}T00:00:00Z"
        return a_result(
            self.user,
            self.admin,
            benchmark=self.benchmark,
            flavor=flavor,
            executed=executed,
            json={key: value for key, value in values.items() if value is not None},
        )

    def metric(self, path: str = "time", weight: float = 1) -> str:
        return f"{self.benchmark['id']}:{path}:{weight}"

    def ask(self, *metrics: str, **asked: Any) -> Json:
        question = {"metrics": list(metrics) or [self.metric()], **asked}
        return made(self.user.get("/rankings", params=question), status=200)
