"""YAML whose every value knows its line. Read as events, so that no alias, tag or depth can do harm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.curriculum.files import unprintable
from app.curriculum.slips import WHOLE, cut_off, slip_in

DEEPEST = 12
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


class YamlProblem(Exception):  # noqa: N818  becomes a Problem with its file
    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.remedy = remedy


@dataclass(slots=True)
class Document:
    """A YAML file's plain values, and the line of each by its path."""

    value: Any
    lines: dict[Path, int]
    repeated: list[tuple[str, int]] = field(default_factory=list)

    def line(self, path: Iterable[str | int]) -> int:
        """The line of a value, or of the nearest thing around it. Parts that the file does not have are passed over."""
        here: Path = ()
        for part in path:
            if (*here, part) in self.lines:
                here = (*here, part)
        return self.lines.get(here, 1)


class _Scalars(yaml.SafeLoader):
    """Only its knowledge of which plain words are numbers, dates, true or null."""

    def value(self, event: yaml.ScalarEvent) -> Any:
        tag = self.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        return self.construct_object(yaml.ScalarNode(tag, event.value))


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is being read. `key` is the mapping's key whose value comes next."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


def read_yaml(text: str) -> Document:
    """The one document in this text. Raises YamlProblem at the first thing that is not plain YAML."""
    lines = text.split("\n")
    reading = _Reading(lines)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        slip = slip_in(lines, error)
        raise YamlProblem(slip.line, f"is not YAML: {slip.message}", slip.remedy) from None
    except yaml.YAMLError:
        raise YamlProblem(1, "is not YAML", "Save the file as plain text") from None
    return reading.document


class _Reading:
    def __init__(self, lines: Sequence[str]) -> None:
        self.document = Document(None, {(): 1})
        self._lines = lines
        self._stack: list[_Open] = []
        self._scalars = _Scalars("")
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise YamlProblem(line, "a second document begins", "Delete the line ---, or make it a file of its own")
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlProblem(line, "& and * are not used in course files", "Write the value out, or put it in quotes")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int) -> None:
        _refuse_tag(event.tag, line)
        if len(self._stack) >= DEEPEST:
            raise YamlProblem(line, f"lists within lists go deeper than {DEEPEST}", "Write it as the guide shows")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(value, self._place(value, line)))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        _refuse_tag(event.tag, line)
        top = self._stack[-1] if self._stack else None
        if top and isinstance(top.value, dict) and top.key is None:
            self._key(top, event.value, line)
            return
        if cut_off(self._lines, event):
            raise YamlProblem(line, "the words from # on would be lost: # begins a comment", WHOLE)
        try:
            value = self._scalars.value(event)
        except (ValueError, yaml.YAMLError):
            message = f"'{event.value[:40]}' is no number or date that exists"
            raise YamlProblem(line, message, "Correct it, or put it in quotation marks to make it text") from None
        if bad := unprintable(event.value):
            raise YamlProblem(line, f"holds the unprintable character {bad}", "Delete it: retype the words around it")
        self._place(value, line)

    def _key(self, top: _Open, key: str, line: int) -> None:
        assert isinstance(top.value, dict)
        if key in top.value:
            self.document.repeated.append((key, line))
        top.key = key
        self.document.lines[*top.path, key] = line

    def _place(self, value: Any, line: int) -> Path:
        if not self._stack:
            self.document.value = value
            return ()
        top = self._stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
            self.document.lines[path] = line
            return path
        if top.key is None:
            raise YamlProblem(line, "a list or mapping stands where a field's name belongs", "Give the field a name")
        path = (*top.path, top.key)
        top.value[top.key] = value
        top.key = None
        return path


def _refuse_tag(tag: str | None, line: int) -> None:
    if tag and tag != "!":
        raise YamlProblem(line, f"the tag {tag} is not used in course files", "Put the value in quotation marks")


def dotted(path: str) -> Sequence[str | int]:
    """`options.1.feedback` as a path."""
    return [int(part) if part.isdigit() else part for part in path.split(".") if part]
