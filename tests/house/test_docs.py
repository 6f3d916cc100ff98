"""What is not written down is asked for by mail: every setting, role, permission, command and word is documented.

The first four are written from the program by `make docs`, so that they cannot be wrong; the words by hand.
"""

import re

import pytest
from sqlmodel import SQLModel

from app.access.permissions import ROLE_NAMES, Permission, Role
from app.kernel.config import ROOT, Settings
from app.schema import metadata
from tests.tools.write_docs import GENERATED, PERMISSION_MEANS


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_what_is_written_from_the_program_is_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text() == GENERATED[name](), "run: make docs"


def test_every_setting_says_what_it_is() -> None:
    for name, info in Settings.model_fields.items():
        assert info.description, f"QI_{name.upper()} has no description"
        assert info.description.endswith("."), f"QI_{name.upper()}: a sentence ends with a full stop"


def test_every_permission_and_role_has_its_meaning() -> None:
    assert set(PERMISSION_MEANS) == set(Permission)
    assert set(ROLE_NAMES) == set(Role)


def test_every_table_is_a_word_of_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    named = set(re.findall(r"^\*\*[^*]+\*\* \(`(\w+)`\):", glossary, re.MULTILINE))
    tables = {mapper.class_.__name__ for mapper in SQLModel._sa_registry.mappers}
    assert len(tables) == len(metadata.tables)
    assert tables - named == set(), "tables whose word the glossary does not explain"


def test_every_link_between_documents_leads_somewhere() -> None:
    for file in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text()):
            assert (file.parent / target).exists(), f"{file.relative_to(ROOT)} points at {target}"


def test_make_help_names_every_target_that_people_use() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) - {"installed", "prerequisites", "machine", "help"}
    shown = set(re.findall(r"make ([a-z]+) ", makefile[makefile.index("help:") : makefile.index("run: ")]))
    assert targets == shown
