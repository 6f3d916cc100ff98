"""A course's folder as one file, with the words and competencies that it uses."""

import os
import secrets
import zipfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from app.authoring.packages.manifest import MANIFEST, Manifest, TierName, written
from app.authoring.places import find, is_about
from app.curriculum.checking import CheckedCourse, Courses, read_courses
from app.curriculum.files import Shelf
from app.curriculum.kinds import Kinds
from app.curriculum.loading import CoursesRefusedError
from app.curriculum.problems import Findings
from app.kernel.errors import NotFoundError, RuleBrokenError

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file knows: the same course is the same package, whenever it is made."""
PLAIN_FILE = 0o100644 << 16


def export_course(root: Path, kinds: Kinds, slug: str, to: Path) -> int:
    """Write the package; returns how many files it holds.

    Raises NotFoundError for a course that is not there, CoursesRefusedError for one that is not in order, and
    RuleBrokenError where the package cannot be written.
    """
    folder = find(root, slug)
    if folder is None:
        raise NotFoundError(f"There is no course '{slug}' in {root}. Its name is its folder's.")
    inside = folder.relative_to(root).as_posix()
    read = read_courses(root, kinds, only=inside)
    home = f"{root.resolve().name}/{inside}"
    own = tuple(p for p in read.problems if is_about(p, home))
    checked = next((c for c in read.courses if c.course.slug == slug), None)
    if own or checked is None:
        raise CoursesRefusedError(own or read.problems)
    names = Shelf(root, Findings()).files(inside)
    files = {f"{slug}/{name}": (folder / name).read_bytes() for name in names}
    _write(to, _zipped({MANIFEST: written(_manifest(read, checked))} | files))
    return len(files)


def _manifest(read: Courses, checked: CheckedCourse) -> Manifest:
    assert read.framework is not None
    course = checked.course
    tier = next(t for t in read.framework.tiers if t.slug == course.tier)
    asked = {q.shown["competency"] for quiz in checked.quizzes.values() for q in quiz.questions}
    needed = {objective.competency for objective in course.objectives} | asked
    return Manifest(
        package=1,
        slug=course.slug,
        edition=course.edition,
        title=course.title,
        made_with=f"qi {version('qi')}",
        tier=TierName(slug=tier.slug, title=tier.title),
        competencies=[c for c in read.framework.competencies if c.id in needed],
        terms=[checked.terms[key] for key in sorted({key for made in checked.modules for key in made.used})],
    )


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, BEGINNING)
            entry.external_attr, entry.compress_type, entry.create_system = PLAIN_FILE, zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return packed.getvalue()


def _write(to: Path, content: bytes) -> None:
    """Whole or not at all, and never over something else."""
    new = to.with_name(f".{to.name}-{secrets.token_hex(4)}")
    try:
        new.write_bytes(content)
        os.link(new, to)
    except FileExistsError:
        raise RuleBrokenError(f"{to} is there already. Delete it, or name another file with --to.") from None
    except OSError as error:
        raise RuleBrokenError(f"{to} cannot be written: {error.strerror}. Name another file with --to.") from None
    finally:
        new.unlink(missing_ok=True)
