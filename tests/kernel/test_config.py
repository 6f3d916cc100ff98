"""A setting that cannot be used is named with its remedy at start, not found out by a patient at midnight."""

import re
from pathlib import Path

import pytest

from app.kernel import config
from app.kernel.config import SettingsError


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [n for n in os.environ if n.startswith("QI_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("QI_DATABASE_URL", "mysql://somewhere/qi", "must start with sqlite:/// or postgresql"),
        ("QI_DATABASE_URL", "sqlite:///", "names no file"),
        ("QI_DATABASE_URL", "postgresql://host/qi", "must start with sqlite:/// or postgresql\\+psycopg"),
        ("QI_BASE_URL", "http://qi.trust.example", "must be https:// unless its host is 127.0.0.1"),
        ("QI_BASE_URL", "qi.trust.example", "must start with https://"),
        ("QI_BASE_URL", "ftp://127.0.0.1", "must start with https://"),
        ("QI_BASE_URL", "https://qi.trust.example/qi", "without a path"),
        ("QI_BASE_URL", "https://qi.trust.example:http", "port"),
        ("QI_HOST", "0.0.0.0", "QI_BASE_URL"),
        ("QI_PORT", "eighty", "valid integer"),
        ("QI_PORT", "70000", "less than or equal to 65535"),
        ("QI_WORKERS", "0", "greater than or equal to 1"),
        ("QI_PAGE_THREADS", "400", "less than or equal to 40"),
        ("QI_TRUST_NAME", "", "at least 2 characters"),
        ("QI_TRUST_LOGO", "/nowhere/logo.svg", "no such file"),
        ("QI_TRUST_LOGO", __file__, "must be an SVG or PNG file"),
        ("QI_SMTP_URL", "mail.trust.example", "must be smtp://HOST:PORT"),
        ("QI_SMTP_URL", "smtp://", "must be smtp://HOST:PORT"),
        ("QI_SMTP_URL", "smtp://mail.trust.example:post", "port"),
        ("QI_MAIL_FROM", "improvement", "an e-mail address"),
        ("QI_MAIL_FROM", "a@trust.example\nBcc: b@elsewhere.example", "an e-mail address"),
        ("QI_SESSION_IDLE_MINUTES", "1", "greater than or equal to 5"),
        ("QI_HASHES_AT_ONCE", "0", "greater than or equal to 1"),
    ],
)
def test_each_bad_setting_is_named_with_what_would_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        config.load()
    assert str(refused.value).startswith(name)
    assert re.search(said, str(refused.value))
    assert len(str(refused.value).splitlines()) == 1


def test_every_bad_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QI_PORT", "x")
    monkeypatch.setenv("QI_WORKERS", "x")
    with pytest.raises(SettingsError) as refused:
        config.load()
    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["QI_PORT", "QI_WORKERS"]


def test_a_password_in_a_bad_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QI_DATABASE_URL", "mysql://qi:sesame@host/qi")
    monkeypatch.setenv("QI_SMTP_URL", "imap://qi:sesame@host")
    with pytest.raises(SettingsError) as refused:
        config.load()
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000/"])
def test_plain_http_serves_this_machine_only(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("QI_BASE_URL", url)
    settings = config.load()
    assert not settings.secure
    assert settings.origin == url.rstrip("/")


def test_an_open_port_behind_https_is_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QI_HOST", "0.0.0.0")
    monkeypatch.setenv("QI_BASE_URL", "https://qi.trust.example/")
    settings = config.load()
    assert settings.secure
    assert settings.origin == "https://qi.trust.example"


def test_without_any_setting_it_serves_this_machine_from_its_own_folder() -> None:
    settings = config.load()
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.sqlite_path is not None
    assert settings.sqlite_path.parent.name == "var"


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in config.Settings.model_fields.items() if not field.description] == []


def test_a_logo_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    monkeypatch.setenv("QI_TRUST_LOGO", str(logo))
    assert config.load().trust_logo == str(logo)
