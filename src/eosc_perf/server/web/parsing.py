"""From a request's query and body to typed values. Every mistake is a Fault at its place."""

import re
from functools import cache
from types import UnionType
from typing import Annotated, TypeVar, get_args, get_origin

from flask import g, request
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from .. import db
from ..results import documents
from .faults import Fault, Faults
from .problems import of_validation

Model = TypeVar("Model", bound=BaseModel)

MOST_TEXT = 10_000
NOT_BLANK: dict[str, JsonValue] = {"pattern": r"[^\s\x85]"}
"""For the document: blanks around a text are cut off, and something must be left. JavaScript knows no NEL."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Query(BaseModel):
    """Base of all query models: unknown parameters are mistakes."""

    model_config = ConfigDict(extra="forbid")


class Body(BaseModel):
    """Base of all body models: unknown members are mistakes, and a text is not a number."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def query(model: type[Model]) -> Model:
    """The request's query as `model`. Lists are written `x=1&x=2` or `x[]=1&x[]=2`. Raises Faults."""
    lists = list_parameters(model)
    values: dict[str, object] = {}
    faults = []
    for raw_name, texts in request.args.lists():
        name = raw_name.removesuffix("[]")
        faults += [fault for text in (raw_name, *texts) if (fault := unreadable(text, name))]
        if name in lists:
            values[name] = [*values.get(name, []), *texts]  # type: ignore[misc]
        elif len(texts) > 1:
            faults.append(Fault("Write this parameter once.", parameter=name[:100]))
        else:
            values[raw_name] = texts[0]
    if faults:
        raise Faults(faults)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise of_validation(error, in_query=True) from None


def body(model: type[Model]) -> Model:
    """The request's JSON body as `model`; if nothing is required it may be empty. Raises Faults."""
    data = raw_body()
    optional = not any(field.is_required() for field in model.model_fields.values())
    document = {} if optional and not data else documents.parse(data)
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise of_validation(error, in_query=False) from None


def raw_body() -> bytes:
    """The request's body. No database connection waits for a slow one: what was read before is committed.

    Werkzeug cuts a body of unknown length off at the limit instead of refusing it.
    """
    if "raw_body" not in g:
        db.release()
        data = request.get_data()
        if request.content_length is None and len(data) >= (request.max_content_length or len(data) + 1):
            raise RequestEntityTooLarge
        g.raw_body = data
    return bytes(g.raw_body)


@cache
def list_parameters(model: type[BaseModel]) -> frozenset[str]:
    """Names of the fields that take any number of values."""
    return frozenset(name for name, field in model.model_fields.items() if is_list(field.annotation))


def is_list(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin is Annotated or origin is UnionType:
        return any(is_list(part) for part in get_args(annotation))
    return origin is list


def unreadable(text: str, parameter: str) -> Fault | None:
    """Why a text can't be used at all, if so: not UTF-8, NUL, lone surrogates, excess length."""
    name = UNSTORABLE.sub("\ufffd", parameter)[:100]
    if len(text) > MOST_TEXT:
        return Fault(f"This is longer than {MOST_TEXT} characters.", parameter=name)
    if UNSTORABLE.search(text) or "\ufffd" in text:
        return Fault("This holds a NUL character or bytes that are not UTF-8.", parameter=name)
    return None
