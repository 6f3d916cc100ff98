"""Reading the folder of course files without being led out of it, or drowned by what lies in it."""

import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.curriculum.problems import Findings

COURSE = "course.yaml"
MOST_BYTES = 400_000
MOST_FILES = 400
LEFT_BY_PROGRAMS = frozenset({"Thumbs.db", "desktop.ini"})
DIRECTION = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A course file that could be read. `name` is what messages call it, such as `courses/induction/check.yaml`."""

    name: str
    text: str


class Shelf:
    """The folder of courses. Every file is read through here, once, and what cannot be read is a finding."""

    def __init__(self, root: Path, findings: Findings) -> None:
        self.root = root.resolve()
        self.findings = findings
        self._read: dict[str, SourceFile | None] = {}

    def name(self, *parts: str) -> str:
        return "/".join((self.root.name, *parts))

    def folders(self, inside: str = "") -> list[str]:
        """The folders in a folder, in the order of their names. Hidden ones are passed over."""
        return [entry for entry in self.entries(inside) if (self.root / inside / entry).is_dir()]

    def courses(self) -> list[str]:
        """The folders of courses, as paths: one without course.yaml may hold courses instead, masterclasses/equity."""
        found: list[str] = []
        for folder in self.folders():
            inner = [f"{folder}/{name}" for name in self.folders(folder) if self.exists(folder, name, COURSE)]
            found += inner if inner and not self.exists(folder, COURSE) else [folder]
        return found

    def strays(self) -> list[str]:
        """What lies where only courses belong, as paths."""
        courses = self.courses()
        groups = {course.partition("/")[0] for course in courses if "/" in course}
        return [
            *(entry for entry in self.entries() if entry not in {*courses, *groups}),
            *(
                path
                for group in sorted(groups)
                for path in (f"{group}/{entry}" for entry in self.entries(group))
                if path not in courses
            ),
        ]

    def files(self, folder: str = "") -> list[str]:
        """Every file in a folder, as paths inside it. Hidden files are passed over, links are findings."""
        found: list[str] = []
        for entry in self.entries(folder):
            path = self.root / folder / entry
            if path.is_dir() and not path.is_symlink():
                found += [f"{entry}/{inner}" for inner in self.files(f"{folder}/{entry}" if folder else entry)]
            else:
                found.append(entry)
            if len(found) > MOST_FILES:
                self.findings.add(self.name(folder), 0, f"more than {MOST_FILES} files", "Keep one course in a folder")
                break
        return found

    def exists(self, *parts: str) -> bool:
        return (self.root / "/".join(parts)).exists()

    def read(self, *parts: str) -> SourceFile | None:
        """The file's text; None, with a finding, when it is missing, a link, too large or not UTF-8 text."""
        key = "/".join(parts)
        if key not in self._read:
            self._read[key] = self._text(key)
        return self._read[key]

    def entries(self, folder: str = "") -> list[str]:
        """The names in a folder, in order. Hidden ones are passed over."""
        try:
            return sorted(e.name for e in (self.root / folder).iterdir() if not _is_passed_over(e.name))
        except OSError as error:
            self.findings.add(self.name(folder), 0, f"cannot be opened: {error.strerror}", "Check QI_COURSES_DIR")
            return []

    def _text(self, key: str) -> SourceFile | None:
        name, path = self.name(key), self.root / key
        if any(p.is_symlink() for p in (path, *path.parents) if p.is_relative_to(self.root) and p != self.root):
            self.findings.add(name, 0, "is a link to another place", "Put the file itself into the course's folder")
            return None
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                self.findings.add(name, 0, "is not a file", "Put a text file of this name here")
                return None
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        except OSError as error:
            self.findings.add(name, 0, f"cannot be read: {error.strerror}", "Add the file, or mend its rights")
            return None
        return self._decoded(name, content)

    def _decoded(self, name: str, content: bytes) -> SourceFile | None:
        if len(content) > MOST_BYTES:
            self.findings.add(name, 0, f"is larger than {MOST_BYTES // 1000} kB", "Split it, or draw it more simply")
            return None
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.findings.add(name, line, "is not UTF-8 text", "Save the file with the encoding UTF-8")
            return None
        for number, written in enumerate(text.split("\n"), start=1):
            if bad := unprintable(written):
                message = f"holds the unprintable character {bad}"
                self.findings.add(name, number, message, "Delete it: retype the words around it")
                return None
        return SourceFile(name, text)


def _is_passed_over(name: str) -> bool:
    """Hidden, or what editors and folder windows leave beside the files that somebody writes."""
    return name.startswith((".", "~$")) or name.endswith("~") or name in LEFT_BY_PROGRAMS


def unprintable(text: str) -> str | None:
    """The first control, private-use or direction-changing character, as U+XXXX. Joiners that scripts need may stay."""
    if text.isprintable():
        return None
    return next((f"U+{ord(c):04X}" for c in text if not c.isprintable() and _is_harmful(c)), None)


def _is_harmful(char: str) -> bool:
    if char in "\n\t":
        return False
    return unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} or unicodedata.bidirectional(char) in DIRECTION
