"""Words that say nothing, and marks that would be shown as they are."""

import re
from collections.abc import Iterator
from typing import Any

from app.curriculum.files import SourceFile
from app.curriculum.located import Document
from app.curriculum.problems import Findings

_EMPTY = r"(?:engag|empower|enabl|inspir|transform)(?:e[sd]?|ing|ement)?"
_HEADING = r"introduction|summary|conclusions?|key (?:points|takeaways|messages)|takeaways"
STRIKE_OUT = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), remedy)
    for pattern, remedy in (
        (rf"\b{_EMPTY}(?:,\s+(?:and\s+)?|\s+and\s+){_EMPTY}\b", "Say what somebody does"),
        (r"\bfast[- ]paced\b|\bin today['’]s (?:\w+ )?(?:health|care|NHS|world)", "Begin with what happened"),
        (r"(?<=\w), an? (?:dedicated|committed|passionate|caring) \w+", "Say what the person did"),
        (r"\b(?:great|good|excellent) (?:job|work)!|\bwell done!", "Say why it is right"),
        (r"\b(?:studies|research|evidence) (?:has |have )?(?:shown?|shows)\b", "Name the study, as [@source]"),
        (r"\bnot (?:just|only|merely|simply) [^.;:?!|]{2,80}? but\b", "Say what it is"),
        (rf"^## *(?:{_HEADING})\s*$", "Name what the part says"),
    )
)
_MARKS = re.compile(r"\*\*|\[\[|\[@|\{\{|\]\(|<[A-Za-z/!]|^\s*(?:[-*] |#+ |\|)", re.MULTILINE)
MARKDOWN_FIELDS = {"stem", "explanation", "brief"}


def check_wording(findings: Findings, file: SourceFile) -> None:
    """The syllabus's "strike out on sight", as far as a pattern can see it."""
    for pattern, remedy in STRIKE_OUT:
        for found in pattern.finditer(file.text):
            line = file.text.count("\n", 0, found.start()) + 1
            words = " ".join(found[0].split())
            findings.add(file.name, line, f"'{words}' is an empty phrase", f"{remedy}, or leave it out")


def check_plain_words(findings: Findings, file: SourceFile, document: Document) -> None:
    """Outside stems and explanations a quiz and a course.yaml hold plain words: Markdown would be shown as it is."""
    for path, words in _texts(document.value, ()):
        found = _MARKS.search(words)
        if found and not MARKDOWN_FIELDS & set(path):
            mark = found[0].strip() or found[0]
            findings.add(file.name, document.line(path), f"'{mark}' would be shown as it is", "Write plain words here")


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place))
