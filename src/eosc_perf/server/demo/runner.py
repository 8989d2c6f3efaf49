"""The demo: everything on this machine, started in order and stopped in reverse."""

import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from .. import migrations, processes, serving
from ..config import Settings
from ..processes import Failed
from . import catalogue, identity, postgres, state

console = Console(highlight=False)


def run(data: Path, port: int) -> NoReturn:
    """Serve the demo with the data folder `data` until a signal comes. Raises Failed in a user's words."""
    other = port + 1 if 1024 <= port < 65535 else 8081
    processes.check_port(port, hint=f"Choose another one, as in `make demo PORT={other}`.")
    with ExitStack() as stack:
        with step("Database"):
            url = stack.enter_context(postgres.running(data))
            migrations.upgrade(url)
        logs = data / "log"
        logs.mkdir(exist_ok=True)
        with step("Demo identity provider"):
            issuer = stack.enter_context(remembered_identity(data, logs))
        settings = settings_for(url, issuer, port)
        with step("Published results"):
            catalogue.load(settings)
        state.write(data, issuer=issuer, url=settings.public_url)
        starting = stack.enter_context(console.status("Server ..."))

        def ready() -> None:
            starting.stop()
            announce(data, port)

        serving.serve(settings, port, logs=logs, ready=ready)


@contextmanager
def step(name: str) -> Iterator[None]:
    started = time.monotonic()
    with console.status(f"{name} ..."):
        yield
    console.print(f"[green]✓[/] {name} [dim]{time.monotonic() - started:.1f} s[/]")


@contextmanager
def remembered_identity(data: Path, logs: Path) -> Iterator[str]:
    """The identity provider, if possible at the address it had before: people's browsers know it."""
    formerly = state.read(data).get("issuer")
    port = processes.free_port()
    if formerly:
        try:
            processes.check_port(int(formerly.rpartition(":")[2]))
            port = int(formerly.rpartition(":")[2])
        except (Failed, ValueError):
            pass
    with identity.running(port, log=logs / "identity.log") as issuer:
        yield issuer


def settings_for(url: str, issuer: str, port: int) -> Settings:
    return Settings(
        database_url=url,
        public_url=f"http://127.0.0.1:{port}",
        oidc_issuer=issuer,
        oidc_client_id=identity.CLIENT_ID,
        oidc_client_secret=identity.CLIENT_SECRET,
        trusted_issuers=(issuer,),
        admin_entitlements=(identity.ADMIN_ENTITLEMENT,),
        image_check="record",
        demo=True,
    )


def announce(data: Path, port: int) -> None:
    program = os.path.relpath(sys.argv[0]) if os.access(sys.argv[0], os.X_OK) else "eosc-perf"
    names = ", ".join(each["sub"] for each in identity.PEOPLE)
    console.print(
        f"""
[bold]EOSC-Performance runs at [cyan]http://127.0.0.1:{port}[/][/]

  API and its documentation   http://127.0.0.1:{port}/api/v1/
  People to log in as         {names} (no password)
  A token for scripts         {program} token user --data {shlex.quote(str(data))}
  Logs                        {data / "log"}

Ctrl-C stops it; the data stay in {data}.""",
        soft_wrap=True,
    )
