"""What a demo remembers in its data folder: the address of its identity provider."""

import json
from pathlib import Path


def read(data: Path) -> dict[str, str]:
    try:
        found = json.loads((data / "demo.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(data: Path, **values: str) -> None:
    new = data / "demo.json.new"
    new.write_text(json.dumps(values, indent=2) + "\n")
    new.replace(data / "demo.json")
