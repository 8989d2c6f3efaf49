"""The demo's people and catalogue: published results, loaded once, through the same checks as uploads."""

import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files
from statistics import mean
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import db
from ..app import build
from ..benchmarks import actions as benchmarks
from ..benchmarks.models import Benchmark
from ..benchmarks.schemas import NewBenchmark
from ..config import Settings
from ..flavors.models import Flavor
from ..flavors.schemas import NewFlavor
from ..identity import ANYONE
from ..moderation.models import Status
from ..results import actions as results
from ..results.schemas import NewResult
from ..sites.models import Site
from ..sites.schemas import NewSite
from ..tags.models import Tag
from ..tags.schemas import NewTag
from ..users.models import LoginSession, User
from . import identity

LOOPBACK = "http://127.0.0.1:%"


def register_people(session: Session, issuer: str) -> None:
    """Make the demo's people known under this issuer; those of its earlier loopback addresses come along."""
    for table in (User, LoginSession):
        moved = table.iss.like(LOOPBACK) & (table.iss != issuer)
        session.execute(update(table).where(moved).values(iss=issuer))
    for each in identity.REGISTERED:
        known = select(User).where(User.iss == issuer, User.sub == each["sub"])
        if session.scalar(known) is None:
            session.add(User(iss=issuer, sub=each["sub"], email=each["email"]))
    session.flush()


def load(settings: Settings) -> None:
    """Register the demo's people, and store the catalogue unless its benchmark is known. All or nothing."""
    app = build(settings)
    with app.app_context():
        try:
            register_people(db.session(), settings.oidc_issuer)
            _load(read("catalogue.json"), issuer=settings.oidc_issuer)
            db.commit()
        finally:
            db.close()
            app.extensions["engine"].dispose()


def read(name: str) -> dict[str, Any]:
    document = json.loads(files(__package__).joinpath(name).read_text())
    assert isinstance(document, dict)
    return document


def _load(catalogue: dict[str, Any], *, issuer: str) -> None:
    new = NewBenchmark(**catalogue["benchmark"], json_schema=read("benchmark.json"))
    name = {"docker_image": new.docker_image, "docker_tag": new.docker_tag}
    if db.session().scalar(select(Benchmark).filter_by(**name)) is not None:
        return
    curator = db.session().scalars(select(User).filter_by(iss=issuer, sub="admin")).one()
    approved = {"status": Status.APPROVED, "uploader_id": curator.id}
    schema = benchmarks.checked_schema(new)
    benchmark = Benchmark(**new.model_dump(exclude={"json_schema"}), json_schema=schema, **approved)
    db.session().add(benchmark)
    db.session().flush()
    benchmarks.store_fields(benchmark, schema)
    db.session().refresh(benchmark, ["json_schema"])
    tag = _found_or_added(Tag, NewTag(**catalogue["tag"]).model_dump(), uploader_id=curator.id)
    flavors = _flavors(catalogue, approved)
    for each in catalogue["results"]:
        upload = NewResult(
            execution_datetime=datetime.fromisoformat(catalogue["executed"]),
            benchmark_id=benchmark.id,
            flavor_id=flavors[each["site"], each["flavor"]].id,
            tags_ids=[tag.id],
            dry_run=False,
        )
        printed = document(each, catalogue["test"])
        results.submit(upload, printed, text=json.dumps(printed), by=curator, viewer=ANYONE)


def _flavors(catalogue: dict[str, Any], approved: dict[str, Any]) -> dict[tuple[str, str], Flavor]:
    sites = {
        each["name"]: _found_or_added(Site, NewSite(**each).model_dump(), **approved)
        for each in catalogue["sites"]
    }
    cores: dict[tuple[str, str], list[int]] = {}
    for each in catalogue["results"]:
        cores.setdefault((each["site"], each["flavor"]), []).append(each["cores"])
    return {
        (site, flavor): _found_or_added(
            Flavor,
            {"site_id": sites[site].id, **NewFlavor(name=flavor, description=_cores(counts)).model_dump()},
            **approved,
        )
        for (site, flavor), counts in cores.items()
    }


def _found_or_added(model: type[Any], values: dict[str, Any], **rest: Any) -> Any:
    """The row of that name (and site), as it is; a new one if there is none."""
    unique = {key: value for key, value in values.items() if key in {"name", "site_id"}}
    row = db.session().scalar(select(model).filter_by(**unique))
    if row is None:
        row = model(**values, **rest)
        db.session().add(row)
        db.session().flush()
    return row


def _cores(counts: list[int]) -> str:
    if len(counts) > 1:
        return f"Tried with {', '.join(map(str, counts[:-1]))} and {counts[-1]} cores"
    return f"{counts[0]} core{'s' if counts[0] > 1 else ''}"


def document(published: dict[str, Any], test: dict[str, str]) -> dict[str, Any]:
    """What the image would have printed. The score is the mean of the samples, to the millisecond."""
    samples = published["samples"]
    score = mean(Decimal(str(each)) for each in samples).quantize(Decimal("0.001"), ROUND_HALF_UP)
    machine = {"count": published["cores"], "model": published["cpu"], "clock_ghz": published["clock_ghz"]}
    return {"result": {"score": float(score), "samples": samples}, "machine": {"cpu": machine}, "test": test}
