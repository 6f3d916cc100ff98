"""Marking guides: their points against their parts, and their samples against both."""

from dataclasses import dataclass, field

from app.curriculum.checking.outcome import CheckedGuide
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.shared import refuse_repeats
from app.curriculum.checking.wording import check_plain_words, check_wording
from app.curriculum.files import Shelf, SourceFile
from app.curriculum.format import MarkingGuide, Point, Task, checked
from app.curriculum.format.guide import Sample
from app.curriculum.located import Document
from app.curriculum.problems import one_of_these
from app.curriculum.text import prepare_words

Where = tuple[str | int, ...]


@dataclass(slots=True)
class Guides:
    """The marking guides of one course, checked as its tasks name them."""

    outline: Outline
    shelf: Shelf
    folder: str
    read: dict[str, CheckedGuide] = field(default_factory=dict)

    def check(self, activity: Task, where: Where) -> None:
        name = activity.guide.removesuffix(".yaml")
        if name in self.read:
            remedy = "Write a guide of its own for each task"
            self.outline.tell((*where, "guide"), f"the guide '{activity.guide}' is used by two tasks", remedy)
            return
        if not self.shelf.exists(self.folder, activity.guide):
            remedy = "Add the file to the course's folder, or correct its name"
            self.outline.tell((*where, "guide"), f"the file '{activity.guide}' does not exist", remedy)
            return
        file = self.shelf.read(self.folder, activity.guide)
        read = checked(MarkingGuide, file, self.shelf.findings) if file else None
        if file is not None and read is not None:
            self.read[name] = _Reading(self.outline, file, read[1]).guide(read[0])


@dataclass(frozen=True, slots=True)
class _Reading:
    outline: Outline
    file: SourceFile
    document: Document

    def guide(self, guide: MarkingGuide) -> CheckedGuide:
        wanted = self.file.name.rpartition("/")[2].removesuffix(".yaml")
        if guide.id != wanted:
            self._tell(("id",), f"the id '{guide.id}' is not the file's name", f"Write id: {wanted}")
        for field_name, entries in (("parts", guide.parts), ("points", guide.points), ("samples", guide.samples)):
            ids = [entry.id for entry in entries]
            refuse_repeats(self.outline.findings, self.file.name, self.document, (field_name,), ids, field_name[:-1])
        check_plain_words(self.outline.findings, self.file, self.document)
        check_wording(self.outline.findings, self.file)
        self._check_points(guide)
        for place, sample in enumerate(guide.samples):
            self._check_sample(guide, sample, ("samples", place))
        brief = prepare_words(self.file.name, self.document.line(("brief",)), guide.brief, self.outline.findings)
        return CheckedGuide(guide, brief.html)

    def _check_points(self, guide: MarkingGuide) -> None:
        parts = {part.id for part in guide.parts}
        for place, point in enumerate(guide.points):
            where: Where = ("points", place)
            if point.part not in parts:
                self._tell((*where, "part"), f"unknown part '{point.part}'", one_of_these(point.part, parts))
            values = [level.value for level in point.levels]
            if values and values != sorted(set(values)):
                self._tell((*where, "levels"), f"the levels of '{point.id}' are not in order", "Write the lowest first")
            if len(values) == 1:
                self._tell((*where, "levels"), f"'{point.id}' has one level", "Write at least two, or none for yes/no")
            if point.least > max(_values(point)):
                self._tell((*where, "least"), f"nobody can reach {point.least} in '{point.id}'", "Write less")
        most = sum(max(_values(point)) for point in guide.points)
        if guide.pass_mark > most:
            message = f"the guide asks for {guide.pass_mark} points of {most}"
            self._tell(("pass_mark",), message, f"Write {most} or less")
        if guide.markers > 1 and guide.second_mark_every is not None:
            message = "every piece of work has two markers already"
            self._tell(("second_mark_every",), message, "Delete second_mark_every, or write markers: 1")

    def _check_sample(self, guide: MarkingGuide, sample: Sample, where: Where) -> None:
        parts = {part.id for part in guide.parts}
        for unknown in sorted(set(sample.work) - parts):
            self._tell((*where, "work", unknown), f"unknown part '{unknown}'", one_of_these(unknown, parts))
        for missing in sorted(parts - set(sample.work)):
            self._tell((*where, "work"), f"'{sample.id}' leaves out the part '{missing}'", "Write what it says there")
        points = {point.id: point for point in guide.points}
        for place, mark in enumerate(sample.marks):
            here: Where = (*where, "marks", place)
            if mark.point not in points:
                self._tell((*here, "point"), f"unknown point '{mark.point}'", one_of_these(mark.point, points))
            elif mark.value not in _values(points[mark.point]):
                allowed = ", ".join(map(str, _values(points[mark.point])))
                self._tell((*here, "value"), f"'{mark.point}' cannot be {mark.value}", f"Write one of: {allowed}")
        ids = [mark.point for mark in sample.marks]
        refuse_repeats(self.outline.findings, self.file.name, self.document, (*where, "marks"), ids, "mark")
        for missing in (p for p in points if p not in ids):
            self._tell((*where, "marks"), f"'{sample.id}' does not mark '{missing}'", "Say what it should get, and why")

    def _tell(self, where: Where, message: str, remedy: str) -> None:
        self.outline.findings.add(self.file.name, self.document.line(where), message, remedy)


def _values(point: Point) -> list[int]:
    return [level.value for level in point.levels] or [0, 1]
