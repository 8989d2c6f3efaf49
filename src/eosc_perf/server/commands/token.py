from pathlib import Path

import click
import httpx

from ..demo import identity, state
from ..processes import Failed
from .common import plain_errors


@click.command("token")
@click.argument("name", type=click.Choice([each["sub"] for each in identity.PEOPLE]))
@click.option(
    "--data", default=".data", show_default=True, type=click.Path(path_type=Path), help="Data folder."
)
def command(name: str, data: Path) -> None:
    """Print an access token of a running demo.

    `user`, `other` and `admin` are registered, `newcomer` is not. The token lasts an hour:

    curl -H "Authorization: Bearer $(eosc-perf token user)" http://127.0.0.1:8080/api/v1/users/self
    """
    with plain_errors():
        issuer = state.read(data).get("issuer")
        try:
            if not issuer:
                raise Failed(f"{data} is not the data folder of a demo. Start one with `make demo`.")
            click.echo(identity.access_token(issuer, name))
        except httpx.TransportError:
            raise Failed(f"No demo runs with the data folder {data}. Start it with `make demo`.") from None
