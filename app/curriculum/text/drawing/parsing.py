"""From a file to a tree: expat alone, with every declaration refused that could expand or fetch something."""

from xml.parsers import expat

from app.curriculum.files import SourceFile
from app.curriculum.problems import Findings
from app.curriculum.text.drawing.checking import check_drawing
from app.curriculum.text.drawing.element import ELEMENTS, WORDY, Element, attribute_fault

MOST_ELEMENTS = 3000
DEEPEST = 12


class _Refused(Exception):  # noqa: N818  ends the parse; its words are a finding already
    pass


def read_svg(file: SourceFile, findings: Findings) -> Element | None:
    """The drawing, with everything that is not allowed in it among the findings; None when it cannot be read at all."""
    parsing = _Parsing(file.name, findings)
    try:
        parsing.parser.Parse(file.text, True)
    except expat.ExpatError as error:
        message = f"is not a drawing: {expat.ErrorString(error.code)}"
        findings.add(file.name, error.lineno, message, "Save it again as plain SVG")
        return None
    except _Refused:
        return None
    assert parsing.root is not None
    check_drawing(parsing.root, file.name, findings)
    return parsing.root


class _Parsing:
    def __init__(self, name: str, findings: Findings) -> None:
        self.name = name
        self.findings = findings
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a DOCTYPE")
        self.parser.EntityDeclHandler = lambda *_: self._refuse("an ENTITY")
        self.parser.ProcessingInstructionHandler = lambda *_: self._refuse("a processing instruction")

    def _tell(self, message: str, remedy: str) -> None:
        self.findings.add(self.name, self.parser.CurrentLineNumber, message, remedy)

    def _refuse(self, what: str) -> None:
        self._tell(f"holds {what}", "Delete it: a drawing begins with <svg")
        raise _Refused

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.stack) >= DEEPEST:
            self._tell("has too many parts, or parts too deep inside each other", "Draw it more simply")
            raise _Refused
        if tag not in ELEMENTS or (tag == "svg" and self.stack):
            self._tell(f"holds <{tag[:40]}>", f"Use only {', '.join(sorted(ELEMENTS - {'svg'}))} inside one <svg>")
        for name, value in attributes.items():
            if fault := attribute_fault(tag, name, value):
                self._tell(*fault)
        element = Element(tag, attributes, self.parser.CurrentLineNumber)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def _end(self, _tag: str) -> None:
        self.stack.pop()

    def _words(self, words: str) -> None:
        if self.stack[-1].tag in WORDY:
            self.stack[-1].children.append(words)
        elif words.strip():
            self._tell("has words outside of <text>, <title> and <desc>", "Put them into a <text>")
