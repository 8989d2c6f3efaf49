import json

import click

from .. import create_app
from ..config import Settings


@click.command("openapi")
def command() -> None:
    """Print the OpenAPI 3.1 document of the API."""
    app = create_app(Settings(database_url="postgresql://"))
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    click.echo(json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False))
