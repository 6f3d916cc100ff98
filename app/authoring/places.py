"""Where courses lie in their folder, and how a new one gets there in one step."""

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.curriculum.checking import read_courses
from app.curriculum.checking.shared import Shared, read_shared
from app.curriculum.files import COURSE, Shelf
from app.curriculum.kinds import Kinds
from app.curriculum.loading import CoursesRefusedError
from app.curriculum.problems import Findings, Problem

GROUPS = frozenset({"masterclasses"})
"""Tiers whose courses lie together, one folder deeper."""
HERE, EXCHANGE = -100, 2
"""Of the call that lets two folders change places: AT_FDCWD and RENAME_EXCHANGE."""
Files = Mapping[str, bytes]
"""The files of one course by their path inside its folder."""


def place_of(root: Path, slug: str, tier: str) -> Path:
    """The folder that a course of this tier gets: some tiers have many courses, which share a folder."""
    grouped = tier in GROUPS and not (root / tier / COURSE).exists()
    return root / tier / slug if grouped else root / slug


def find(root: Path, slug: str) -> Path | None:
    """The folder of a course that is there."""
    folders = (root / course for course in Shelf(root, Findings()).courses())
    return next((f for f in folders if f.name == slug and f.is_dir() and not f.is_symlink()), None)


def shared_by_all(root: Path) -> Shared:
    """The framework and the glossary. Raises CoursesRefusedError where they cannot be read."""
    findings = Findings()
    shelf = Shelf(root, findings)
    shared = read_shared(shelf) if shelf.entries() or not findings else None
    if shared is None:
        raise CoursesRefusedError(tuple(findings))
    return shared


def write_files(folder: Path, files: Files) -> None:
    """Write them, and see that they are on the disk."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def beside(root: Path, slug: str) -> Iterator[Path]:
    """A hidden folder in the folder of courses, which everybody else passes over. Gone afterwards."""
    folder = root / f".{slug}-{secrets.token_hex(4)}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def problems_with(root: Path, kinds: Kinds, place: Path, files: Files, glossary: bytes | None = None) -> list[Problem]:
    """What the check would say if the course lay at `place`, beyond what it says already.

    Everything is tried in a copy that is thrown away; a course that lies at `place` gives way to the new one there.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / root.resolve().name
        shutil.copytree(root, copy, symlinks=True, ignore=shutil.ignore_patterns(".*"))
        course = copy / place.relative_to(root)
        shutil.rmtree(course, ignore_errors=True)
        write_files(course, files)
        if glossary is not None:
            (copy / "glossary.yaml").write_bytes(glossary)
        own = f"{copy.name}/{place.relative_to(root).as_posix()}"
        found = read_courses(copy, kinds).problems
        before = set(read_courses(root, kinds).problems) if found else ()
        return [problem for problem in found if problem not in before or is_about(problem, own)]


def is_about(problem: Problem, folder: str) -> bool:
    """Whether it is a problem of this folder; both are named from the folder above the courses."""
    return problem.file == folder or problem.file.startswith(f"{folder}/")


def put(folder: Path, place: Path) -> None:
    """Move a finished folder to its place: one step, so that nobody ever finds half a course there."""
    if not place.parent.exists():
        group = folder.with_name(place.parent.name)
        group.mkdir()
        folder, place = folder.rename(group / place.name).parent, place.parent
    folder.rename(place)
    _keep(place.parent)


def swap(folder: Path, place: Path, kept: Path) -> None:
    """Put a finished folder where another is, and keep that one at `kept`: nothing is lost, whenever it is killed.

    The two change places in one step where the system can do that. Elsewhere the old one is moved away first.
    """
    kept.parent.mkdir(exist_ok=True)
    folder.rename(kept)
    if not _exchanged(kept, place):
        kept.rename(folder)
        place.rename(kept)
        folder.rename(place)
    _keep(place.parent)
    _keep(kept.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Linux's renameat2. False where there is none, and for disks that cannot do it."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    return bool(exchange(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE) == 0)


def _keep(folder: Path) -> None:
    """See that the names in a folder are on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
