"""What the guide says is true: its example is a course, and it names everything that a file may say."""

from collections.abc import Iterator
from textwrap import indent
from typing import Any

import pytest
from pydantic import BaseModel

from app.assessment.kinds import KINDS
from app.curriculum.format import Course, Framework, Glossary, MarkingGuide, Quiz
from app.curriculum.rules import ActivityKind
from app.curriculum.text.blocks import Box
from app.curriculum.words import TOKENS
from tests.curriculum.guide import GUIDE, HOME, Folder
from tests.world import World

COURSE, TEXT, QUIZ = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"


def test_the_guides_example_is_in_order_and_can_be_loaded(folder: Folder, world: World) -> None:
    assert folder.problems() == []
    report = world.load_courses(folder.path)
    assert [str(course) for course in report.courses] == ["tea-round: edition 1, revision 1 (new edition)"]


def _shown(first: str) -> str:
    """The example that begins with this line, as the guide shows it."""
    _, found, rest = GUIDE.read_text().partition(f"```yaml\n{first}\n")
    assert found, f"the guide shows nothing that begins with {first}"
    return f"{first}\n{rest.partition('```')[0]}"


def test_the_parts_that_the_guide_shows_fit_into_its_course(folder: Folder) -> None:
    note = indent(_shown("- id: what-we-count"), " " * 6)
    folder.swap(COURSE, "completion:\n", f"{note}completion:\n")
    folder.swap(COURSE, "[read-cold-tea, check]", "[read-cold-tea, check, what-we-count]")
    folder.swap(COURSE, "sources:\n", f"{_shown('sessions:')}sources:\n")
    folder.write(f"{HOME}/packs/class-plan.md", "| What | Minutes |\n| --- | --: |\n| Count | 60 |\n")
    folder.write(f"{HOME}/packs/class-slides.md", "## Count\n\nOf how many?\n")
    folder.write(f"{HOME}/packs/class-tally.md", "Make a mark for each cup.\n")
    folder.write(f"{HOME}/figures/ladder.yaml", _shown("kind: ladder"))
    folder.swap(TEXT, "::: source", "::: figure ladder.yaml | Weak and strong.\n:::\n\n::: source")
    quiz = (folder / QUIZ).read_text()
    folder.write(QUIZ, quiz + indent(_shown("- id: after-the-change"), "  "))
    assert folder.problems() == []


def _fields(model: type[BaseModel], seen: set[type]) -> Iterator[str]:
    seen.add(model)
    for name, info in model.model_fields.items():
        yield info.alias or name
        yield from _inside(info.annotation, seen)


def _inside(annotation: Any, seen: set[type]) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        yield from _fields(annotation, seen)
    for part in getattr(annotation, "__args__", ()):
        yield from _inside(part, seen)


@pytest.mark.parametrize("model", [Course, Quiz, MarkingGuide, Framework, Glossary])
def test_the_guide_names_every_field(model: type[BaseModel]) -> None:
    guide = GUIDE.read_text()
    unnamed = [name for name in _fields(model, set()) if name != "root" and f"`{name}`" not in guide]
    assert [name for name in unnamed if f"{name}:" not in guide] == []


def test_the_guide_names_every_container_kind_and_word_of_the_trust() -> None:
    guide = GUIDE.read_text()
    for box in Box:
        assert not box or f"`::: {box}" in guide
    for kind in (*ActivityKind, *KINDS):
        assert f"| `{kind}` |" in guide
    for token in TOKENS:
        assert "`{{" + token + "}}`" in guide
