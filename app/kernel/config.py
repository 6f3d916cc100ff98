"""Settings: each an environment variable `QI_*` with a documented default, checked at start."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """A setting cannot be used. The message names the variable and the remedy."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="QI_", extra="ignore", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'var' / 'qi.db'}",
        description="The trust's one database: `sqlite:///PATH`, or `postgresql+psycopg://USER:PASSWORD@HOST/NAME`.",
    )
    base_url: str = Field(
        default="",
        description="Where people reach the site, e.g. `https://qi.trust.example`. https gives __Host- cookies, Secure "
        "and HSTS; plain http is accepted on loopback only. Empty: `http://127.0.0.1:PORT`.",
    )
    host: str = Field(default="127.0.0.1", description="The address that the server listens on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=8000, description="The port that it listens on.")
    workers: Annotated[int, Field(ge=1, le=64)] = Field(default=1, description="Server processes.")
    page_threads: Annotated[int, Field(ge=1, le=40)] = Field(
        default=3, description="Threads that answer pages in each server process; more make the slowest answers slower."
    )
    trust_name: str = Field(default="Northmoor and Vale Trust", min_length=2, description="The trust's name.")
    trust_logo: str = Field(
        default="", description="Path of an SVG or PNG file with the trust's own logo. Empty: the name alone."
    )
    courses_dir: Path = Field(default=ROOT / "courses", description="The folder of course files.")
    spool_dir: Path = Field(default=ROOT / "var" / "spool", description="Where prepared downloads wait to be fetched.")
    qi_team: str = Field(
        default="the QI team", description="What those who help with improvement are called, as within a sentence."
    )
    qi_contact: str = Field(default="The QI team", description="Whom staff can ask: a name.")
    qi_contact_email: str = Field(default="", description="Their e-mail address.")
    qi_contact_phone: str = Field(default="", description="Their telephone number or extension.")
    partner_contact: str = Field(
        default="The involvement team", description="Whom patient partners can talk to: a name."
    )
    partner_contact_phone: str = Field(default="", description="Their telephone number.")
    partner_contact_hours: str = Field(default="", description="When they can be reached, in words.")
    pals: str = Field(
        default="the patient advice and liaison service", description="Advice and liaison: name and number."
    )
    advocacy: str = Field(default="your local advocacy service", description="Independent advocacy: name and number.")
    crisis: str = Field(
        default="call 111 and choose the mental health option, or 999",
        description="What to do in an emergency, in words that complete 'If you need help now, …'.",
    )
    smtp_url: str = Field(
        default="",
        description="`smtp://HOST:PORT`, `smtp+starttls://USER:PASSWORD@HOST:PORT` or `smtps://…`. "
        "Empty: mails stay in the outbox.",
    )
    mail_from: str = Field(default="improvement@trust.example", description="The sender's address on every mail.")
    invite_joiners: bool = Field(
        default=False,
        description="Whether people who join with a staff file are invited by e-mail at once. Off: HR invites them.",
    )
    ratings_kept_days: Annotated[int, Field(ge=0)] = Field(
        default=365,
        description="What was said in ratings about somebody is erased so many days after they left.",
    )
    session_idle_minutes: Annotated[int, Field(ge=5)] = Field(
        default=12 * 60, description="A sign-in ends after so many minutes without a page."
    )
    session_hours: Annotated[int, Field(ge=1)] = Field(
        default=20, description="A sign-in ends after so many hours in any case (20: the exception in WCAG 2.2.1)."
    )
    hashes_at_once: Annotated[int, Field(ge=1)] = Field(
        default=2, description="Password hashes computed at the same time in one process (19 MiB each)."
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="Addresses whose X-Forwarded-For and -Proto are believed, comma-separated."
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
        if url == "sqlite:///":
            raise ValueError("names no file: write sqlite:///PATH")
        return url

    @field_validator("smtp_url")
    @classmethod
    def _known_mail(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in {"smtp", "smtps", "smtp+starttls"} or not urlsplit(url).hostname):
            raise ValueError("must be smtp://HOST:PORT, smtp+starttls://… or smtps://…")
        _refuse_bad_port(url)
        return url

    @field_validator("mail_from")
    @classmethod
    def _one_address(cls, address: str) -> str:
        if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", address):
            raise ValueError("must be an e-mail address, e.g. improvement@trust.example")
        return address

    @field_validator("trust_logo")
    @classmethod
    def _a_picture(cls, path: str) -> str:
        if path and not Path(path).is_file():
            raise ValueError("there is no such file")
        if path and Path(path).suffix not in {".svg", ".png"}:
            raise ValueError("must be an SVG or PNG file")
        return path

    @field_validator("base_url")
    @classmethod
    def _whole_site(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and parts.scheme not in {"http", "https"}:
            raise ValueError("must start with https:// (or http:// on loopback)")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("must be https:// unless its host is 127.0.0.1 or localhost")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("must be the address of a whole site, without a path")
        _refuse_bad_port(url)
        return url

    @model_validator(mode="after")
    def _plain_http_only_on_loopback(self) -> Self:
        if not self.base_url and self.host not in LOOPBACK:
            raise ValueError("QI_HOST lets other machines in, so QI_BASE_URL must be set: https://…")
        return self

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a closing slash."""
        return self.base_url.rstrip("/") or f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        return self.origin.startswith("https://")

    @cached_property
    def sqlite_path(self) -> Path | None:
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.database_url.startswith(prefix) else None


def _refuse_bad_port(url: str) -> None:
    try:
        _ = urlsplit(url).port
    except ValueError:
        raise ValueError("its port must be a number from 1 to 65535") from None


def load() -> Settings:
    """The settings of this process. Raises SettingsError with one line per bad variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(e["loc"], e["msg"]) for e in error.errors())) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"QI_{str(where[0]).upper()}: {said}." if where else f"{said}."
