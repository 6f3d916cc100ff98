"""qi courses new | export | import: a course begins, leaves and arrives as files; no database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.assessment.kinds import KINDS
from app.authoring.beginning import NewCourse, begin_course
from app.authoring.packages import Imported, export_course, import_course
from app.cli.console import out, plainly, settings, stop
from app.curriculum.loading import CoursesRefusedError
from app.kernel.clock import SystemClock, london_date
from app.kernel.errors import BadInputError

WRONG_WORDS = 2
"""The exit code of what was typed wrongly; what is refused for another reason has 1."""


@plainly
def new(
    slug: Annotated[str, typer.Argument(help="The name of its folder: small letters, digits and hyphens.")],
    title: Annotated[str, typer.Option(help="What learners see. Default: the slug in words.")] = "",
    tier: Annotated[str, typer.Option(help="A level of framework.yaml. Default: its first.")] = "",
) -> None:
    """Make a small complete course that passes the check, with every place marked that waits for your words."""
    root = settings().courses_dir
    today = london_date(SystemClock().now())
    with _told("nothing was made"):
        place = begin_course(root, KINDS, NewCourse(slug, title, tier), today)
    out.print(
        f"{place} is a small complete course. Next:\n"
        f"1. Look at it, and leave it open while you write:  qi courses preview {slug}\n"
        f"2. Write: replace whatever says 'Replace'. What may stand where: docs/writing-courses.md\n"
        f"3. When nothing is left to mend, put it on the site:  qi courses check, then  qi courses load",
        markup=False,
    )


@plainly
def export(
    slug: Annotated[str, typer.Argument(help="The course's name: that of its folder.")],
    to: Annotated[Path | None, typer.Option(help="The file to write. Default: SLUG.zip, here.")] = None,
) -> None:
    """Pack a course that is in order, with the words and competencies it uses, for another trust."""
    file = to or Path(f"{slug}.zip")
    with _told("nothing was packed"):
        files = export_course(settings().courses_dir, KINDS, slug, file)
    out.print(f"{file} holds {slug} in {files} files. There it is taken in with:  qi courses import {file.name}")


@plainly
def import_(
    file: Annotated[Path, typer.Argument(help="A package that qi courses export made.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the course of that name.")] = False,
) -> None:
    """Take in a course from another trust: checked like any other, whole or not at all. Nothing in it is executed."""
    with _told("nothing was taken in"):
        done = import_course(settings().courses_dir, KINDS, file, SystemClock().now(), replace=replace)
    _say(done)


def _say(done: Imported) -> None:
    lines = [f"{done.place} holds {done.title}, edition {done.edition}, in {done.files} files."]
    if done.kept:
        lines.append(f"The course that was there is kept in {done.kept}")
    if done.words.new:
        lines.append("New in glossary.yaml: " + "; ".join(term.term for term in done.words.new))
    if done.words.kept:
        lines.append("Your own explanation stays, and the package has another: " + "; ".join(done.words.kept))
    if done.other_competencies:
        lines.append("Your own competency stays, and the package calls it otherwise: ")
        lines[-1] += ", ".join(done.other_competencies)
    lines.append(f"It is not on the site yet. Look at it:  qi courses preview {done.slug}   Then:  qi courses load")
    out.print("\n".join(lines), markup=False)


@contextmanager
def _told(undone: str) -> Iterator[None]:
    """What was typed wrongly, and a disk that does not do what it is asked, as a sentence and an exit code.

    `undone` says, below what the check found, that this left everything as it was.
    """
    try:
        yield
    except CoursesRefusedError as refused:
        stop(f"{refused}\n{len(refused.problems)} to mend; {undone}.")
    except BadInputError as error:
        stop(str(error), WRONG_WORDS)
    except OSError as error:
        stop(f"{error.filename or 'The folder of courses'} cannot be used: {error.strerror}. Check QI_COURSES_DIR.")
