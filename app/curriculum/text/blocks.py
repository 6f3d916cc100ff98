"""A module's text in pieces: what stands between containers, and each container with its title and body."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.curriculum.files import SourceFile
from app.curriculum.problems import Findings, one_of_these


class Box(StrEnum):
    """The containers of the format. TEXT is what stands in none."""

    TEXT = ""
    SITUATION = "situation"
    EXAMPLE = "example"
    TRY = "try"
    THINK = "think"
    ASIDE = "aside"
    SOURCE = "source"
    FIGURE = "figure"
    HELP = "help"
    SELF_CHECK = "self-check"
    TABS = "tabs"
    ACTIVITY = "activity"
    REFLECTION = "reflection"
    VIDEO = "video"
    FACILITATOR = "facilitator"


TITLED = {
    Box.EXAMPLE: "Title",
    Box.TRY: "Title",
    Box.THINK: "Question?",
    Box.FIGURE: "file.svg | Caption",
    Box.SELF_CHECK: "Question?",
    Box.TABS: "Title",
    Box.ACTIVITY: "ID of an activity of this module",
    Box.REFLECTION: "ID of a note of this module",
    Box.VIDEO: "https://… | Title",
}
UNTITLED = {Box.SITUATION, Box.SOURCE, Box.HELP}
_MARK = re.compile(r"^(\s*):::+\s*(\S*)\s*(.*?)\s*$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(frozen=True, slots=True)
class Block:
    """`line` is the line of its opening mark, `first` the line of the body's first line."""

    box: Box
    title: str
    body: str
    line: int
    first: int


def is_from_data(title: str) -> bool:
    """Whether a figure's title names a file of data: its table is made from that, and its body is empty."""
    return title.partition("|")[0].strip().endswith(".yaml")


def split_blocks(file: SourceFile, findings: Findings) -> list[Block]:
    """The pieces in order. An unknown, nested, unclosed or untitled container is a finding."""
    return _Splitting(file.name, findings).split(file.text)


class _Splitting:
    def __init__(self, name: str, findings: Findings) -> None:
        self.name = name
        self.findings = findings
        self.blocks: list[Block] = []
        self.box, self.title, self.line = Box.TEXT, "", 1
        self.body: list[str] = []
        self.first = 1

    def split(self, text: str) -> list[Block]:
        fenced = ""
        for number, written in enumerate(text.split("\n"), start=1):
            fence = _FENCE.match(written)
            if fence and (not fenced or fence[1].startswith(fenced)):
                fenced = "" if fenced else fence[1]
            mark = None if fenced else _MARK.match(written)
            if mark is None:
                self.body.append(written)
            else:
                self._mark(number, indented=bool(mark[1]), word=mark[2], title=mark[3])
        if self.box is not Box.TEXT:
            self.findings.add(self.name, self.line, f"'::: {self.box}' is never closed", "Add a line with only :::")
        self._finish(Box.TEXT, "", 0)
        return self.blocks

    def _mark(self, number: int, *, indented: bool, word: str, title: str) -> None:
        if indented:
            self.findings.add(self.name, number, "':::' is indented", "Begin the line with :::")
        if not word:
            if self.box is Box.TEXT:
                self.findings.add(self.name, number, "':::' closes nothing", "Delete the line, or open a container")
            self._finish(Box.TEXT, "", number)
            return
        if self.box is not Box.TEXT:
            message = f"'::: {word}' begins inside '::: {self.box}'"
            self.findings.add(self.name, number, message, "Close the first with a line of only ::: before it")
        if word not in set(Box):
            names = [box.value for box in Box if box is not Box.TEXT]
            self.findings.add(self.name, number, f"unknown container '{word}'", one_of_these(word, names))
            word = Box.ASIDE
        self._check_title(Box(word), title, number)
        self._finish(Box(word), title, number)

    def _check_title(self, box: Box, title: str, number: int) -> None:
        if box in TITLED and not title:
            self.findings.add(self.name, number, f"'::: {box}' has no title", f"Write ::: {box} {TITLED[box]}")
        if box in UNTITLED and title:
            message = f"'::: {box}' has words after its name"
            self.findings.add(self.name, number, message, "Move them to the line below")

    def _finish(self, box: Box, title: str, number: int) -> None:
        body = "\n".join(self.body)
        if self.box is not Box.TEXT or body.strip():
            self.blocks.append(Block(self.box, self.title, body, self.line, self.first))
            if not body.strip() and not (self.box is Box.FIGURE and is_from_data(self.title)):
                self.findings.add(self.name, self.line, f"'::: {self.box}' is empty", "Write its text, or delete it")
        self.box, self.title, self.line = box, title, number
        self.body, self.first = [], number + 1
