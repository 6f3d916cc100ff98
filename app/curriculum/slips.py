"""What somebody most likely did where a file is not YAML, or says something else than they think."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

WHOLE = "Put the whole text in straight quotation marks"
_CURLY = re.compile("[“”]")
_VALUE = re.compile(r"^\s*(?:- )?[\w-]+:\s+(.*)$")
_CUT_OFF = re.compile(r"\s+#\S")


@dataclass(frozen=True, slots=True)
class Slip:
    """`line` counts from 1. The message stands after `is not YAML: `."""

    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Complaint:
    """Where the parser stopped, and where the thing began in which it stopped. Both lines count from 1."""

    lines: Sequence[str]
    stopped: int
    began: int


def slip_in(lines: Sequence[str], error: yaml.MarkedYAMLError) -> Slip:
    """The parser's complaint in a writer's words, at the line that has to be mended."""
    said, context = error.problem or "", error.context or ""
    stopped, began = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    complaint = _Complaint(lines, stopped.line + 1 if stopped else 1, began.line + 1 if began else 1)
    for words, slip in SLIPS:
        if words in said or words in context:
            return slip(complaint)
    remedy = "Check indentation, colons and quotation marks on this line and the one before"
    return Slip(complaint.stopped, said or context, remedy)


def cut_off(lines: Sequence[str], event: yaml.ScalarEvent) -> bool:
    """Whether words behind this text would be lost as a comment: `Bed #4`. A comment has a space after its #."""
    mark = event.end_mark
    return not event.style and bool(mark and _CUT_OFF.match(lines[mark.line][mark.column :]))


def after_comma(field: str) -> tuple[str, str]:
    """What to say of a field without a value that stands in `{…}`: it is the rest of a text with a comma."""
    return f"'{field}' stands after a comma and is read as a new field", _whole(field)


def _whole(text: str) -> str:
    return f"{WHOLE}: curly ones do not count" if _CURLY.search(text) else WHOLE


def _never_closed(at: _Complaint) -> Slip:
    return Slip(at.began, "a quotation mark is opened and never closed", "Close it at the end of the text")


def _tab(at: _Complaint) -> Slip:
    """The parser names the line before when the tab follows a text."""
    here = (n for n in (at.stopped, at.stopped + 1) if n <= len(at.lines) and "\t" in _margin(at.lines[n - 1]))
    return Slip(next(here, at.stopped), "a tab stands before the words", "Use spaces instead")


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _colon(at: _Complaint) -> Slip:
    value = _VALUE.match(at.lines[at.stopped - 1])
    if value and ": " in f"{value[1]} ":
        return Slip(at.stopped, "a text has a colon in it", _whole(value[1]))
    remedy = "Begin it below the first letter of its neighbours, and put a text with a colon in quotation marks"
    return Slip(at.stopped, "this line is indented more than the one before", remedy)


def _no_colon(at: _Complaint) -> Slip:
    return Slip(at.began, "no colon and space after a field's name", "Write name: value")


def _bracket(at: _Complaint) -> Slip:
    remedy = f"Close it, and put a comma between its fields. {WHOLE} if it has a comma, a colon or such marks in it"
    return Slip(at.began, "what begins here with { or [ is not closed, or a comma is missing in it", remedy)


def _neighbours(at: _Complaint) -> Slip:
    """Mostly the indentation; but a text that its own marks end too early, or too late, stops the parser as well."""
    for number in (at.stopped, at.stopped - 1):
        text = _text(at, number)
        mark = _mark(text)
        if mark and mark in text[1:].removesuffix(mark):
            remedy = "Put the whole text in the other kind, \" or '"
            return Slip(number, f"a text has the mark {mark} inside {mark}…{mark}", remedy)
    for number in range(at.stopped - 1, 0, -1):
        mark = _mark(_text(at, number))
        if mark and "".join(at.lines[number - 1 : at.stopped - 1]).count(mark) % 2:
            return _never_closed(_Complaint(at.lines, number, number))
    return Slip(at.stopped, "this line is indented otherwise than its neighbours", "Begin it below their first letter")


def _text(at: _Complaint, number: int) -> str:
    """What stands behind the name of the field in that line."""
    value = _VALUE.match(at.lines[number - 1]) if 1 <= number <= len(at.lines) else None
    return value[1].rstrip() if value else ""


def _mark(text: str) -> str:
    """The quotation mark with which a text begins."""
    return text[0] if text.startswith(('"', "'")) else ""


def _sign(at: _Complaint) -> Slip:
    return Slip(at.stopped, "a text begins with a sign that YAML keeps for itself", WHOLE)


def _list_behind(at: _Complaint) -> Slip:
    return Slip(at.stopped, "a list begins behind a field's name", "Put its first hyphen on the next line, indented")


SLIPS: tuple[tuple[str, Callable[[_Complaint], Slip]], ...] = (
    ("quoted scalar", _never_closed),
    ("tab character", _tab),
    (r"'\t'", _tab),
    ("mapping values are not allowed", _colon),
    ("block sequence entries are not allowed", _list_behind),
    ("cannot start any token", _sign),
    ("could not find expected ':'", _no_colon),
    ("parsing a flow", _bracket),
    ("parsing a block", _neighbours),
)
"""What the parser says, in its problem or its context, and what it means. The first that fits counts."""
