"""Small files with honest names: the way a house stays one that an engineer can hold in their head.

utils, helpers and services are where 4,000-line files come from. A file past its ceiling is split by use case. What is
written for one machine breaks on the next, and what is left for later is left.
"""

import os
import re
import socket
import subprocess
from functools import cache
from pathlib import Path

import pytest

from app.kernel.config import ROOT

TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".yaml",
    ".toml",
    ".ini",
    ".typ",
    ".mako",
    ".csv",
    ".svg",
    ".lock",
    ".txt",
    "",
}
CEILINGS = {"app/": (".py", 250), "templates/": (".html", 120), "tests/": (".py", 300), "bench/": (".py", 250)}
SHAPELESS = {"utils", "util", "helpers", "helper", "common", "services", "service", "base", "misc", "lib"}
ALLOWED_NAMES = {"templates/layouts/base.html"}
TOP = {
    "app", "migrations", "courses", "templates", "tests", "bench", "docs", ".ci", "alembic.ini", "pyproject.toml",
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Makefile", "requirements.lock",
    "requirements-dev.lock", ".gitignore",
}  # fmt: skip

TRUSTED_CODE: dict[str, str] = {
    "app/web/render.py": "the hidden field that makes a form's deed happen once",
    "app/capability/pages/rows.py": "the matrix's rows, which a template's loop takes three times as long to make",
    "app/ratings/pages/skill_rows.py": "the rows of people and skills: the same, and sixteen cells to a row",
    "app/curriculum/words.py": "the trust's contacts, escaped, put into course text that was cleaned at load",
}
COURSE_TEXT = re.compile(r"[\w.]*html\s*\|\s*safe\b")
DRAWN = (
    "capability/over_time.html", "capability/pyramid.html", "capability/pyramid_partner.html",
    "planning/_forecast.html", "planning/fairness.html", "oversight/report.html", "equality/shown.html",
)  # fmt: skip
SHOWS_HTML = ("assessment/", "authoring/", "curriculum/", "learning/", "marking/", *DRAWN)
SHOWS_COURSE_TEXT = tuple(f"templates/{place}" for place in SHOWS_HTML)
THIS = "tests/house/test_files.py"
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s*(?:=\s*False|false)")
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
NOT_RUN = re.compile(r"\b(?:mark\.skip|pytest\.skip|importorskip|xfail)")
MACHINE = re.compile(r"(?<![\w.}])/(?:work|root|home|tmp|opt)/\w")


@cache
def files() -> tuple[str, ...]:
    """Every file that is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(name for name in set(listed.stdout.splitlines()) if (ROOT / name).is_file()))


def _texts(*, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Name and text of our own files: vendored ones are as their makers wrote them."""
    ours = (name for name in files() if Path(name).suffix in TEXT and "/vendor/" not in name)
    return [(name, (ROOT / name).read_text(errors="replace")) for name in ours if not name.startswith(but or ("\0",))]


def test_there_are_files() -> None:
    assert len(files()) > 100


@pytest.mark.parametrize("folder", sorted(CEILINGS))
def test_no_file_is_past_its_ceiling(folder: str) -> None:
    suffix, most = CEILINGS[folder]
    long = {
        name: lines
        for name in files()
        if name.startswith(folder) and name.endswith(suffix)
        if (lines := len((ROOT / name).read_text().splitlines())) > most
    }
    assert not long, f"split by use case (at most {most} lines): {long}"


def test_no_file_or_folder_has_a_shapeless_name() -> None:
    for name in files():
        path = Path(name)
        for part in (*path.parents, path):
            if str(part) not in ALLOWED_NAMES:
                assert part.name.partition(".")[0].lower() not in SHAPELESS, name


def test_the_top_of_the_house_is_tidy() -> None:
    assert {Path(name).parts[0] for name in files()} - TOP == set()


def test_nothing_reaches_a_page_unescaped_but_what_is_listed_with_its_reason() -> None:
    found = {name for name, text in _texts() if name.startswith("app/") and UNESCAPED.search(text)}
    assert found == set(TRUSTED_CODE)


def test_templates_leave_only_course_text_as_it_is() -> None:
    """It was cleaned when it was loaded; a chart's engine escapes as it draws. The field's name ends with html."""
    for name, text in _texts():
        if name.startswith("templates/"):
            rest = COURSE_TEXT.sub("", text) if name.startswith(SHOWS_COURSE_TEXT) else text
            assert not UNESCAPED.search(rest), name


def test_nothing_is_left_for_later() -> None:
    for name, text in _texts(but=("courses/", THIS)):
        found = LEFT_FOR_LATER.search(text)
        assert not found, f"{name}: {found}"


def test_every_test_is_run() -> None:
    for name, text in _texts():
        if name.startswith(("tests/", "bench/")) and name.endswith(".py") and name != THIS:
            found = NOT_RUN.search(text)
            assert not found, f"{name}: {found}"


def test_nothing_is_written_for_one_machine() -> None:
    host = socket.gethostname()
    user = os.environ.get("USER", "")
    for name, text in _texts():
        found = MACHINE.search(text)
        assert not found, f"{name}: {text[max(0, found.start() - 40) : found.end() + 40]!r}"
        for own in (host, user):
            if len(own) >= 8:
                assert own not in text, f"{name} names this machine or its user"


def test_the_locks_name_hashes_and_no_host() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==", text, re.MULTILINE)
        assert len(pinned) > 30
        assert not re.search(r"https?:|file:|--index|--find-links|@ ", text), f"{name} names a host"
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            assert "--hash=sha256:" in block, block


def test_what_is_vendored_has_its_licence_beside_it() -> None:
    folders = {str(Path(name).parent) for name in files() if "/vendor/" in name}
    assert folders
    for folder in folders:
        names = [Path(name).name for name in files() if str(Path(name).parent) == folder]
        makers = {name.partition(".")[0] for name in names} - {"README", "LICENSE"}
        for maker in makers:
            assert any("LICENSE" in n and (n.startswith(maker) or n == "LICENSE") for n in names), f"{folder}/{maker}"


def test_no_file_asks_another_host_for_anything() -> None:
    for name, text in _texts():
        if name.startswith(("templates/", "app/web/static/")):
            found = re.search(r"""(?:src|href|url)\s*[=(]\s*["']?https?://""", text)
            assert not found, f"{name}: {found}"
