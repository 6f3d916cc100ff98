"""The folder of courses, read again whenever a file in it has changed."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from app.authoring.places import is_about
from app.curriculum.checking import CheckedCourse, read_courses
from app.curriculum.files import Shelf
from app.curriculum.kinds import Kinds
from app.curriculum.problems import Findings, Problem

Stamps = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnShelf:
    """One course. `checked` is its last state that could be read, `is_old` when that is not what the files say now."""

    slug: str
    number: int
    checked: CheckedCourse | None
    is_old: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All courses as of one reading. Another `version` means that some file has changed since."""

    version: int
    courses: Mapping[str, OnShelf]
    shared: tuple[Problem, ...] = ()
    """Problems of the framework, of the glossary, and of what belongs to no course."""


@dataclass(slots=True)
class Watched:
    root: Path
    kinds: Kinds
    _stamps: Stamps | None = None
    _reading: Reading = field(default_factory=lambda: Reading(0, {}))
    _lock: Lock = field(default_factory=Lock)

    def now(self) -> Reading:
        """What the files say. Reads them only where one has changed; whoever asks meanwhile waits for that."""
        with self._lock:
            stamps = tuple(sorted(_stamps(self.root)))
            if stamps != self._stamps:
                self._reading = self._read(self._reading)
                self._stamps = stamps
            return self._reading

    def _read(self, before: Reading) -> Reading:
        read = read_courses(self.root, self.kinds)
        checked = {course.file: course for course in read.courses}
        home = self.root.resolve().name
        shelf = Shelf(self.root, Findings())
        courses = {}
        for number, path in enumerate(shelf.courses(), start=1):
            slug = path.rpartition("/")[2]
            found = checked.get(f"{home}/{path}/course.yaml")
            old = before.courses.get(slug)
            courses[slug] = OnShelf(
                slug=slug,
                number=number,
                checked=found or (old.checked if old else None),
                is_old=found is None,
                problems=tuple(p for p in read.problems if is_about(p, f"{home}/{path}")),
            )
        others = {f"{home}/{path}" for path in shelf.courses()}
        shared = tuple(p for p in read.problems if not any(is_about(p, other) for other in others))
        return Reading(before.version + 1, courses, shared)


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    """When each file was last written, and how long it is. Hidden ones are passed over, links are not followed."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, 0, 0
                yield from _stamps(Path(entry.path))
            else:
                written = entry.stat(follow_symlinks=False)
                yield entry.path, written.st_mtime_ns, written.st_size
        except OSError:
            continue
