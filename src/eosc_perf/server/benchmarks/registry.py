"""Does a container image exist, and which digest has it? Its registry knows (OCI distribution API)."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from werkzeug.http import parse_dict_header

from eosc_perf.server import outbound
from eosc_perf.server.outbound import Answer, Ask, Unreachable

HUB = "registry-1.docker.io"
HUB_NAMES = {"docker.io", "index.docker.io"}
ACCEPT = ", ".join(
    (
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json",
    )
)

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]{{1,5}})?")
_PART = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_TAG = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}")


class ImageMissing(ValueError):
    """The registry says that there is no such image or tag, or none that everybody may pull."""


class ImageReferenceInvalid(ValueError):
    """No image can have this name or tag."""


class TagInvalid(ImageReferenceInvalid):
    """No image can have this tag."""


class RegistryUnreachable(Exception):
    """It could not be found out whether the image exists."""


@dataclass(frozen=True)
class Image:
    """What is known of a benchmark's image: its digest, or a note for the reviewer why there is none."""

    digest: str | None
    note: str | None


@dataclass(frozen=True)
class Reference:
    host: str
    name: str
    tag: str


def resolve(image: str, tag: str, *, allow_private: bool, timeout: float = 5.0) -> str:
    """Digest of image:tag.

    timeout: seconds for the whole check. allow_private: also private addresses, and loopback by plain http.
    Raises ImageMissing, ImageReferenceInvalid or RegistryUnreachable, with a message for the user.
    """
    reference = parse(image, tag)
    try:
        with outbound.asking(allow_private=allow_private, timeout=timeout) as ask:
            return _digest(_manifest(ask, reference))
    except Unreachable as unreachable:
        raise RegistryUnreachable(str(unreachable)) from unreachable


def parse(image: str, tag: str) -> Reference:
    """Which registry to ask for which repository, by Docker's rules (`app` is `library/app` on the Hub)."""
    first, _, rest = image.partition("/")
    names_host = rest and ("." in first or ":" in first or first == "localhost")
    host, name = (first, rest) if names_host else ("docker.io", image)
    if host in HUB_NAMES:
        host, name = HUB, name if "/" in name else f"library/{name}"
    if len(image) > 255 or not _NAME.fullmatch(name) or not _is_host(host):
        raise ImageReferenceInvalid(
            "This is not the name of a container image. "
            "Examples: busybox, user/app, registry.example.org/group/app."
        )
    if not _TAG.fullmatch(tag):
        raise TagInvalid(
            "This is not the tag of a container image: "
            "up to 128 letters, digits, dots, dashes and underscores, the first no dot or dash."
        )
    return Reference(host=host, name=name, tag=tag)


def _is_host(host: str) -> bool:
    try:
        return bool(_HOST.fullmatch(host) and outbound.join(f"https://{host}/", seen_at=host))
    except Unreachable:  # a port above 65535, or no IPv6 address between the brackets
        return False


def _manifest(ask: Ask, reference: Reference) -> Answer:
    """The registry's answer about the manifest: to HEAD if that names the digest, else to GET."""
    host = httpx.URL(f"https://{reference.host}").host
    url = httpx.URL(f"{ask.scheme(host)}://{reference.host}/v2/{reference.name}/manifests/{reference.tag}")
    headers = {"Accept": ACCEPT}
    # HEAD first: where pulls are limited, it is none.
    answer = _allowed(ask, "HEAD", url, headers, reference)
    if answer.status in {400, 405, 501} or (answer.status == 200 and not _named_digest(answer)):
        answer = _allowed(ask, "GET", url, headers, reference)
    if answer.status in {401, 403, 404}:
        raise _missing(reference)
    return _succeeded(answer)


def _digest(manifest: Answer) -> str:
    named = _named_digest(manifest)
    if named and not manifest.body:
        return named
    if _json(manifest).get("schemaVersion") != 2:
        raise Unreachable(f"{manifest.host} sends something that is no image manifest.")
    computed = "sha256:" + hashlib.sha256(manifest.body).hexdigest()
    if named and named.startswith("sha256:") and named != computed:
        raise Unreachable(f"{manifest.host} names another digest than that of the manifest it sends.")
    return computed


def _named_digest(answer: Answer) -> str | None:
    digest = answer.headers.get("Docker-Content-Digest", "")
    return digest if _DIGEST.fullmatch(digest) else None


def _allowed(ask: Ask, method: str, url: httpx.URL, headers: dict[str, str], reference: Reference) -> Answer:
    """Asks, and where the registry wants a token, gets one and asks again; the token stays in the headers."""
    answer = ask(method, url, headers)
    challenge = re.search(r"\bbearer\s+(.*)", answer.headers.get("WWW-Authenticate", ""), re.IGNORECASE)
    if answer.status != 401 or challenge is None or "Authorization" in headers:
        return answer
    headers["Authorization"] = "Bearer " + _token(ask, parse_dict_header(challenge[1]), reference)
    return ask(method, url, headers)


def _token(ask: Ask, challenge: dict[str, str | None], reference: Reference) -> str:
    """The token that anybody gets (Docker's token authentication); we never say who we are."""
    wanted = {"scope": challenge.get("scope") or f"repository:{reference.name}:pull"}
    if service := challenge.get("service"):
        wanted["service"] = service
    realm = outbound.join(challenge.get("realm") or "", seen_at=reference.host, **wanted)
    answer = ask("GET", realm, {"Accept": "application/json"})
    if answer.status in {401, 403, 404}:
        raise _missing(reference)
    found = _json(_succeeded(answer))
    token = found.get("token") or found.get("access_token")
    if not isinstance(token, str) or not re.fullmatch(r"[!-~]+", token):
        raise Unreachable(f"{answer.host} does not answer as a container registry does.")
    return token


def _missing(reference: Reference) -> ImageMissing:
    # Registries answer the same for both, so as not to tell which private images there are.
    where = "Docker Hub" if reference.host == HUB else reference.host
    image = f"{reference.name}:{reference.tag}"
    return ImageMissing(f"The image {image} does not exist or is private (asked {where}).")


def _succeeded(answer: Answer) -> Answer:
    if answer.status == 429:
        raise Unreachable(f"{answer.host} has been asked too often and wants us to wait.")
    if answer.status != 200:
        raise Unreachable(f"{answer.host} answers with HTTP status {answer.status}.")
    return answer


def _json(answer: Answer) -> dict[str, Any]:
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise Unreachable(f"{answer.host} does not answer as a container registry does.")
    return found
