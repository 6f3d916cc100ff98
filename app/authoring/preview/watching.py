"""The folder of courses, read again whenever a file in it has changed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from app.curriculum.checking import CheckedCourse, read_courses
from app.curriculum.files import Shelf
from app.curriculum.kinds import Kinds
from app.curriculum.problems import Findings, Problem

Stamps = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnShelf:
    """One course. `checked` is its last state that could be read, `is_old` when that is not what the files say now.

    `problems` are its own and those of the files that all courses share, but for what it has in common with others.
    """

    slug: str
    number: int
    checked: CheckedCourse | None
    is_old: bool
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Watched:
    """Each course is read when it is first asked for, and again when a file of it, or one that all share, changes."""

    root: Path
    kinds: Kinds
    version: int = 0
    """Another number means that some file has changed."""
    _all: Stamps | None = None
    _read: dict[str, tuple[Stamps, OnShelf]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def look(self) -> int:
        """The version as of now."""
        with self._lock:
            stamps = _stamps_of(self.root)
            if stamps != self._all:
                self._all, self.version = stamps, self.version + 1
            return self.version

    def places(self) -> dict[str, tuple[int, str]]:
        """Each course's number and its path inside the folder, by its slug."""
        paths = Shelf(self.root, Findings()).courses()
        return {path.rpartition("/")[2]: (number, path) for number, path in enumerate(paths, start=1)}

    def course(self, slug: str) -> OnShelf | None:
        """The course as its files are now. Whoever asks while it is read waits for that."""
        found = self.places().get(slug)
        if found is None:
            return None
        with self._lock:
            stamps = (*_stamps_of(self.root, deep=False), *_stamps_of(self.root / found[1]))
            before = self._read.get(slug)
            if before is None or before[0] != stamps:
                before = self._read[slug] = (stamps, self._now(slug, *found, before[1] if before else None))
            return before[1]

    def all(self) -> list[OnShelf]:
        return [course for slug in self.places() if (course := self.course(slug))]

    def _now(self, slug: str, number: int, path: str, before: OnShelf | None) -> OnShelf:
        read = read_courses(self.root, self.kinds, only=path)
        found = read.courses[0] if read.courses else None
        return OnShelf(
            slug=slug,
            number=number,
            checked=found or (before.checked if before else None),
            is_old=found is None,
            problems=read.problems,
        )


def _stamps_of(folder: Path, *, deep: bool = True) -> Stamps:
    return tuple(sorted(_stamps(folder, deep=deep)))


def _stamps(folder: Path, *, deep: bool) -> Iterator[tuple[str, int, int]]:
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
                if deep:
                    yield from _stamps(Path(entry.path), deep=deep)
            else:
                written = entry.stat(follow_symlinks=False)
                yield entry.path, written.st_mtime_ns, written.st_size
        except OSError:
            continue
