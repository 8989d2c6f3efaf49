"""Who may do what: one table, and the decorator that asks it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import current_app, request

from ..errors import Forbidden, NotAuthenticated
from ..identity import ANYONE, Viewer, viewer
from . import cache, idempotency, parsing

Rule = Callable[[Viewer, Any], bool]


def anyone(viewer: Viewer, item: Any) -> bool:
    return True


def authenticated(viewer: Viewer, item: Any) -> bool:
    return viewer.sub is not None


def registered(viewer: Viewer, item: Any) -> bool:
    return viewer.user is not None


def admin(viewer: Viewer, item: Any) -> bool:
    return viewer.is_admin


def uploader(viewer: Viewer, item: Any) -> bool:
    return viewer.user is not None and item.uploader_id == viewer.user.id


def any_of(*rules: Rule) -> Rule:
    def rule(viewer: Viewer, item: Any) -> bool:
        return any(each(viewer, item) for each in rules)

    rule.__name__ = " or ".join(each.__name__ for each in rules)
    return rule


POLICY: dict[str, Rule] = {
    "service:read": anyone,
    "benchmark:read": anyone,
    "benchmark:submit": registered,
    "benchmark:edit": admin,
    "benchmark:delete": admin,
    "benchmark:review": admin,
    "site:read": anyone,
    "site:submit": registered,
    "site:edit": admin,
    "site:delete": admin,
    "site:review": admin,
    "flavor:read": anyone,
    "flavor:submit": registered,
    "flavor:edit": admin,
    "flavor:delete": admin,
    "flavor:review": admin,
    "tag:read": anyone,
    "tag:create": registered,
    "tag:edit": admin,
    "tag:delete": admin,
    "result:read": anyone,
    "result:export": anyone,
    "result:submit": registered,
    "result:edit": any_of(uploader, admin),
    "result:withdraw": any_of(uploader, admin),
    "result:restore": admin,
    "result:claim": registered,
    "result:read-claims": any_of(uploader, admin),
    "result:read-uploader": admin,
    "ranking:read": anyone,
    "report:read": admin,
    "claim:decide": admin,
    "user:read": admin,
    "user:remove": admin,
    "user:register": authenticated,
    "self:read": authenticated,
    "self:update": registered,
    "self:list": registered,
    "self:remove": registered,
    "self:is-admin": admin,
}

WHO: dict[Rule, str] = {
    anyone: "anyone",
    authenticated: "any valid token",
    registered: "registered users",
    admin: "admins",
}


def who(permission: str) -> str:
    """The people a permission is for, in words."""
    return WHO.get(POLICY[permission], POLICY[permission].__name__.replace("admin", "admins"))


def allow(
    permission: str, *, load: Callable[[UUID, Viewer], Any] | None = None, longest_body: int = 1
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Guard a view. With `load`, the id in the path becomes the item the viewer may see (else 404).

    Order: identity (401 for a bad token), the item (404), POLICY (401 or 403), then query and body (422), so
    that a stranger learns nothing. The view is called with the item, `query` and `body` where it takes them.
    longest_body: in multiples of the setting MAX_BODY_BYTES.
    """
    rule = POLICY[permission]

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        query_model = view.__annotations__.get("query")
        body_model = view.__annotations__.get("body")

        @wraps(view)
        def guarded(**path: Any) -> Any:
            seen_by = viewer()
            request.max_content_length = longest_body * current_app.config["MAX_CONTENT_LENGTH"]
            if rule is anyone and seen_by is ANYONE and request.method in {"GET", "HEAD"}:
                return cache.kept(lambda: answered(seen_by, dict(path)))
            return answered(seen_by, path)

        def answered(seen_by: Viewer, path: dict[str, Any]) -> Any:
            def carry_out() -> Any:
                given = [load(path.pop("id"), seen_by)] if load else []
                require(rule, seen_by, *given)
                parsed: dict[str, Any] = {}
                if query_model:
                    parsed["query"] = parsing.query(query_model)
                else:
                    parsing.query(parsing.Query)
                if body_model:
                    parsed["body"] = parsing.body(body_model)
                return view(*given, **path, **parsed)

            key = request.headers.get("Idempotency-Key")
            if request.method == "POST" and key is not None and seen_by.user and rule is not anyone:
                return idempotency.once(key, seen_by.user, carry_out)
            return carry_out()

        guarded.__delay_validate_request__ = True  # type: ignore[attr-defined]  # flask-openapi leaves parsing to us
        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def require(rule: Rule, seen_by: Viewer, item: Any = None) -> None:
    """Raise NotAuthenticated or Forbidden unless the rule lets the viewer pass."""
    if rule(seen_by, item):
        return
    if seen_by.sub is None:
        raise NotAuthenticated("Log in, or send a bearer token of a trusted identity provider.")
    if seen_by.user is None:
        raise Forbidden("Register first: accept the terms on the web page, or POST /users:register.")
    raise Forbidden(
        "This is only for the uploader or for admins." if rule is not admin else "This is for admins."
    )
