from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag


def section(name: str, module: str) -> APIBlueprint:
    """A part of the API under /api/v1. An operation is called like its view."""
    return APIBlueprint(
        name, module, url_prefix="/api/v1", abp_tags=[Tag(name=name)], operation_id_callback=operation_id
    )


def operation_id(*, name: str, path: str, method: str) -> str:
    return name
