"""What the guide says is true: its example is a course, and it names everything that a file may say."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from app.assessment.kinds import KINDS
from app.curriculum.format import Course, Framework, Glossary, MarkingGuide, Quiz
from app.curriculum.rules import ActivityKind
from app.curriculum.text.blocks import Box
from app.curriculum.words import TOKENS
from tests.curriculum.guide import GUIDE, Folder
from tests.world import World


def test_the_guides_example_is_in_order_and_can_be_loaded(folder: Folder, world: World) -> None:
    assert folder.problems() == []
    report = world.load_courses(folder.path)
    assert [str(course) for course in report.courses] == ["tea-round: edition 1, revision 1 (new edition)"]


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
