"""Settings: the only place that reads the environment. A field names its variable, default and meaning."""

import os
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Literal, get_args

ImageCheck = Literal["required", "record"]

SWITCHED_OFF_CHECKS = ("DISABLE_AUTHENTICATION_AND_ASSUME_AUTHENTICATED_USER", "DISABLE_AUTHORIZATION")


class SettingsError(Exception):
    """The environment holds no usable configuration; the message says what to set."""


def setting(variable: str, help_text: str, **options: Any) -> Any:
    """A dataclass field that is read from the environment variable `variable`."""
    return field(metadata={"variable": variable, "help": help_text}, **options)


@dataclass(frozen=True, kw_only=True)
class Settings:
    database_url: str = setting(
        "DATABASE_URL", "PostgreSQL 15 or newer, as `postgresql://user:password@host:5432/name`."
    )
    public_url: str = setting(
        "PUBLIC_URL",
        "The address people type, without a trailing slash. The login callback is `/auth/callback` below it.",
        default="http://127.0.0.1:8080",
    )
    api_servers: tuple[str, ...] = setting(
        "API_SERVERS", "Addresses for `servers` in the OpenAPI document, by commas.", default=("/",)
    )
    oidc_issuer: str = setting(
        "OIDC_ISSUER",
        "OpenID Connect issuer for logging in, like `https://aai.egi.eu/auth/realms/egi`. Empty: no login.",
        default="",
    )
    oidc_client_id: str = setting("OIDC_CLIENT_ID", "Client id registered with the issuer.", default="")
    oidc_client_secret: str = setting("OIDC_CLIENT_SECRET", "Its secret.", default="")
    oidc_scopes: str = setting(
        "OIDC_SCOPES",
        "Scopes asked for at login.",
        default="openid profile email voperson_id eduperson_entitlement",
    )
    trusted_issuers: tuple[str, ...] = setting(
        "TRUSTED_ISSUERS",
        "Issuers whose bearer tokens are accepted, by commas. Empty: the one of OIDC_ISSUER.",
        default=(),
    )
    admin_entitlements: tuple[str, ...] = setting(
        "ADMIN_ENTITLEMENTS",
        "Entitlements that make a registered user an admin, by commas: exact, or AARC-G069 group URNs.",
        default=(),
    )
    session_hours: int = setting("SESSION_HOURS", "How long a browser login lasts.", default=12)
    cors_origins: tuple[str, ...] = setting(
        "CORS_ORIGINS",
        "Origins whose pages may call the API from a browser, by commas. Empty: none.",
        default=(),
    )
    image_check: ImageCheck = setting(
        "IMAGE_CHECK",
        "`required`: a benchmark's image must be found in its registry. `record`: a registry that can't be "
        "reached is noted on the benchmark for the reviewer.",
        default="required",
    )
    registry_allow_private: bool = setting(
        "REGISTRY_ALLOW_PRIVATE", "Whether the image check may talk to private addresses.", default=False
    )
    mail_server: str = setting("MAIL_SERVER", "SMTP host. Empty: mails are written to the log.", default="")
    mail_port: int = setting("MAIL_PORT", "SMTP port.", default=25)
    mail_starttls: bool = setting("MAIL_STARTTLS", "Whether to require STARTTLS.", default=False)
    mail_user: str = setting("MAIL_USER", "SMTP user. Empty: no authentication.", default="")
    mail_password: str = setting("MAIL_PASSWORD", "SMTP password.", default="")
    mail_from: str = setting("MAIL_FROM", "Sender of mails.", default="eosc-perf@localhost")
    mail_support: str = setting(
        "MAIL_SUPPORT",
        "Address of the operators: told of what waits for review, shown as contact.",
        default="",
    )
    links: tuple[str, ...] = setting(
        "LINKS",
        "Links shown on the page, by commas, each as `Title=https://address`.",
        default=("Infrastructure Manager=https://im.egi.eu/",),
    )
    deploy_url: str = setting(
        "DEPLOY_URL",
        "Where to deploy on a machine type that somebody found; `{site}` and `{flavor}` are filled in. "
        "Empty: no such link.",
        default="https://im.egi.eu/im-dashboard/portfolio?site={site}&flavor={flavor}",
    )
    featured_benchmark: str = setting(
        "FEATURED_BENCHMARK",
        "The benchmark of the start page, as `image:tag`. Empty, or not there: the one with results at most "
        "sites, and among such the most results.",
        default="",
    )
    max_body_bytes: int = setting("MAX_BODY_BYTES", "Longest request body in bytes.", default=1024 * 1024)
    db_pool_size: int = setting("DB_POOL_SIZE", "Database connections per server process.", default=8)
    database_replica_urls: tuple[str, ...] = setting(
        "DATABASE_REPLICA_URLS",
        "Streaming replicas that answer public reads in turn, by commas. The primary stands in for them.",
        default=(),
    )
    answer_cache_bytes: int = setting(
        "ANSWER_CACHE_BYTES",
        "How many bytes of public answers a server process keeps while the data stay as they are.",
        default=16 * 1024 * 1024,
    )
    statement_timeout_ms: int = setting(
        "STATEMENT_TIMEOUT_MS", "Longest time one SQL statement may take, in milliseconds.", default=5000
    )
    ui_folder: str = setting(
        "UI_FOLDER", "Folder of the built web interface. Empty: the bundled one.", default=""
    )
    log_level: str = setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR.", default="INFO")
    demo: bool = setting("DEMO", "Set by `eosc-perf demo`: loopback identity, plain http.", default=False)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Issuers whose tokens are accepted."""
        return self.trusted_issuers or ((self.oidc_issuer,) if self.oidc_issuer else ())


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables. Raises SettingsError naming all that is missing or wrong."""
    environment = os.environ if environment is None else environment
    problems = [
        f"{name} is set, which switches off all checks of identity: unset it."
        for name in environment
        if name.startswith(SWITCHED_OFF_CHECKS)
    ]
    values: dict[str, Any] = {}
    for each in fields(Settings):
        variable = each.metadata["variable"]
        text = environment.get(variable)
        if text is None or (text == "" and each.default is MISSING):
            if each.default is MISSING:
                problems.append(f"{variable} is not set. {each.metadata['help']}")
            continue
        try:
            values[each.name] = _read(text.strip(), each.type)
        except ValueError as error:
            problems.append(f"{variable}={text!r}: {error}")
    if values.get("oidc_issuer") and not values.get("oidc_client_id"):
        problems.append("OIDC_CLIENT_ID is not set, but OIDC_ISSUER is. Register a client with the issuer.")
    problems += [
        f"LINKS: {link!r} is not of the form `Title=https://address`."
        for link in values.get("links", ())
        if not re.fullmatch(r"[^=]+=https?://\S+", link)
    ]
    problems += misfits_of_deploy_url(values.get("deploy_url", ""))
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**values)


def misfits_of_deploy_url(text: str) -> list[str]:
    names = set(re.findall(r"{(.*?)}", text))
    if text and not (re.fullmatch(r"https?://\S+", text) and names <= {"site", "flavor"}):
        return [f"DEPLOY_URL: {text!r} is no address in which only {{site}} and {{flavor}} are filled in."]
    return []


def _read(text: str, kind: object) -> object:
    if kind is bool:
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise ValueError("write true or false.")
    if kind is int:
        try:
            return int(text)
        except ValueError:
            raise ValueError("write a whole number.") from None
    if kind == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is ImageCheck and text not in get_args(ImageCheck):
        raise ValueError(f"write one of {', '.join(get_args(ImageCheck))}.")
    return text
