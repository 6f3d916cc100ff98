"""The small course of docs/writing-courses.md as files, to be spoiled in one place at a time."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.assessment.kinds import KINDS
from app.curriculum.checking import Problem, check_courses
from app.kernel.config import ROOT

GUIDE = ROOT / "docs" / "writing-courses.md"
HOME = "tea-round"
_FILE = re.compile(r"^`courses/([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    """The files that the guide shows, by their path inside the folder of courses."""
    return dict(_FILE.findall(GUIDE.read_text()))


@dataclass(frozen=True)
class Folder:
    """A folder of courses that a test may change."""

    path: Path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def write(self, name: str, text: str | bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def swap(self, name: str, old: str, new: str) -> int:
        """Write `new` where `old` stood, once; returns the line at which it begins."""
        text = (self.path / name).read_text()
        assert text.count(old) >= 1, f"{name} has no {old!r}"
        place = text.index(old)
        self.write(name, text[:place] + new + text[place + len(old) :])
        return text.count("\n", 0, place) + 1

    def problems(self) -> list[Problem]:
        return check_courses(self.path, KINDS)

    def only(self) -> Problem:
        problems = self.problems()
        assert len(problems) == 1, "\n".join(str(p) for p in problems)
        return problems[0]


def guide_course(folder: Path) -> Folder:
    for name, text in examples().items():
        Folder(folder).write(name, text)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, folder / shared)
    return Folder(folder)
