"""Whether somebody holds an admin's entitlement: exactly, or as the same group and role by AARC-G069."""

from collections.abc import Iterable
from functools import lru_cache

from aarc_entitlement import G069, KEY, KEYS_ALL  # type: ignore[import-untyped]


def admits(held: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether one of the held entitlements is one of the wanted."""
    return any(_same(has, wants) for wants in wanted for has in held)


def _same(has: str, wants: str) -> bool:
    """Equal as text, or two spellings of one group and role.

    Stricter than `G069.satisfies`, which also lets members of subgroups, of deeper namespaces and holders of
    any role pass: nobody becomes an admin by an entitlement that the operator did not write down. An
    authority (`#...`) that the operator wrote must be there; one that they left out may be anything.
    """
    if has == wants:
        return True
    group, authority = _parse(has)
    wanted_group, wanted_authority = _parse(wants)
    return group is not None and group == wanted_group and wanted_authority in {"", authority}


@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[tuple[object, ...] | None, str]:
    """Namespace, group and role (None if it is no group entitlement), and the authority.

    The authority is cut off first: the package would skip a `#...` in front of the group.
    """
    name, _, authority = text.partition("#")
    try:
        entitlement = G069(name) if name.isascii() else None
    except Exception:
        entitlement = None
    if entitlement is None:
        return None, authority
    return tuple(entitlement.get_part(key) for key in KEYS_ALL if key != KEY.GROUP_AUTHORITY), authority
