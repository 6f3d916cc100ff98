"""Packs for taught sessions: plans whose minutes add up, slides that are not read aloud, handouts."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from app.curriculum.checking.outcome import CheckedPack, CheckedPage
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.shared import refuse_repeats
from app.curriculum.checking.wording import check_wording
from app.curriculum.files import Shelf, SourceFile
from app.curriculum.format import TaughtSession
from app.curriculum.problems import one_of_these
from app.curriculum.text import Library, prepare

PACKS = "packs"
WORDY = 40
"""More words than this on a slide are read, and whoever speaks is not heard."""
_SLIDE = re.compile(r"^## +(\S.*?)\s*$")
_MINUTES = re.compile(r"^\|(?:[^|]*\|)*\s*(\d+)\s*\|\s*$")
_HEAD = re.compile(r"^\|(?:[^|]*\|)*\s*Minutes\s*\|\s*$")

Where = tuple[str | int, ...]


@dataclass(slots=True)
class Packs:
    """The packs of one course, and which of its files they use."""

    outline: Outline
    shelf: Shelf
    library: Library
    folder: str
    used: set[str] = field(default_factory=set)

    def check(self, session: TaughtSession, place: int) -> CheckedPack:
        where: Where = ("sessions", place)
        known = {objective.id for objective in self.outline.course.objectives}
        for number, objective in enumerate(session.objectives):
            if objective not in known:
                remedy = one_of_these(objective, known)
                self.outline.tell((*where, "objectives", number), f"unknown objective '{objective}'", remedy)
        if session.participatory_minutes > session.minutes:
            message = f"'{session.id}' has more participatory minutes than minutes"
            self.outline.tell(where, message, "Count the participatory minutes within the minutes")
        plan = self._file(session.plan, (*where, "plan"))
        slides = self._file(session.slides, (*where, "slides")) if session.slides else None
        if plan:
            self._check_minutes(plan, session)
        ids = [handout.id for handout in session.handouts]
        findings, document = self.outline.findings, self.outline.document
        refuse_repeats(findings, self.outline.file, document, (*where, "handouts"), ids, "handout")
        handouts = [
            (handout, self._file(handout.file, (*where, "handouts", number, "file")))
            for number, handout in enumerate(session.handouts)
        ]
        return CheckedPack(
            session=session,
            plan=self._page("plan", session.title, plan) if plan else None,
            slides=tuple(self._slides(slides)) if slides else (),
            handouts=tuple(self._page(handout.id, handout.title, file) for handout, file in handouts if file),
        )

    def _file(self, name: str, where: Where) -> SourceFile | None:
        self.used.add(f"{PACKS}/{name}")
        if not self.shelf.exists(self.folder, PACKS, name):
            remedy = f"Add the file to the course's folder {PACKS}, or correct its name"
            self.outline.tell(where, f"the file '{PACKS}/{name}' does not exist", remedy)
            return None
        return self.shelf.read(self.folder, PACKS, name)

    def _page(self, key: str, title: str, file: SourceFile) -> CheckedPage:
        text = prepare(file, self.library)
        check_wording(self.outline.findings, file)
        return CheckedPage(key, title, text.html, text.notes)

    def _slides(self, file: SourceFile) -> list[CheckedPage]:
        check_wording(self.outline.findings, file)
        lines = file.text.split("\n")
        begins = [number for number, line in enumerate(lines) if _SLIDE.match(line)]
        if not begins or any(line.strip() for line in lines[: begins[0]]):
            self._tell(file, 1, "does not begin with a slide", "Write ## and the title of the first slide")
        return [
            self._slide(file, lines, start, end, number)
            for number, (start, end) in enumerate(pairwise([*begins, len(lines)]), start=1)
        ]

    def _slide(self, file: SourceFile, lines: list[str], start: int, end: int, number: int) -> CheckedPage:
        title = lines[start].removeprefix("##").strip()
        # Blank lines above keep the line numbers that a message names.
        text = "\n" * (start + 1) + "\n".join(lines[start + 1 : end])
        made = prepare(SourceFile(file.name, text), self.library, f"slide-{number}-")
        words = sum(len(passage.words.split()) for passage in made.passages)
        if words > WORDY:
            message = f"the slide '{title}' has {words} words"
            self._tell(file, start + 1, message, f"Keep {WORDY} at most, and say the rest: ::: facilitator")
        return CheckedPage(f"slide-{number}", title, made.html, made.notes)

    def _check_minutes(self, file: SourceFile, session: TaughtSession) -> None:
        """The first table whose last column is called Minutes is the plan of the day."""
        lines = file.text.split("\n")
        head = next((number for number, line in enumerate(lines) if _HEAD.match(line)), None)
        if head is None:
            self._tell(file, 1, "has no table of what happens when", "Write one whose last column is Minutes")
            return
        total = 0
        for number, line in enumerate(lines[head + 2 :], start=head + 3):
            if not line.startswith("|"):
                break
            if found := _MINUTES.match(line):
                total += int(found[1])
            else:
                self._tell(file, number, "this row says no minutes", "End it with a number and |")
        if total != session.minutes:
            message = f"the plan takes {total} minutes, and course.yaml says {session.minutes}"
            self._tell(file, head + 1, message, "Make them agree")

    def _tell(self, file: SourceFile, line: int, message: str, remedy: str) -> None:
        self.outline.findings.add(file.name, line, message, remedy)
