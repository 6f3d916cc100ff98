"""The whole folder: what is shared first, then course by course."""

import re
from pathlib import Path

from app.curriculum.checking.courses import check_outline
from app.curriculum.checking.guides import Guides
from app.curriculum.checking.measured import check_measured
from app.curriculum.checking.outcome import CheckedCourse, CheckedModule, Courses
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.packs import Packs
from app.curriculum.checking.quizzes import Quizzes
from app.curriculum.checking.repeats import Repeats
from app.curriculum.checking.shared import FRAMEWORK, GLOSSARY, Shared, read_shared
from app.curriculum.checking.texts import Texts
from app.curriculum.checking.wording import check_plain_words, check_wording
from app.curriculum.files import COURSE, Shelf
from app.curriculum.format import Course, Quizzed, Task, checked
from app.curriculum.kinds import Kinds
from app.curriculum.problems import Findings
from app.curriculum.text import Library
from app.curriculum.text.figures import Figures

_ALMOST = re.compile(r"\.(md|yaml|svg)\.(?:txt|xml|html?)$")


def read_courses(folder: Path, kinds: Kinds, only: str | None = None) -> Courses:
    """Everything in the folder, prepared for loading, and every problem with it.

    With `only`, the path of a course inside the folder, that course alone: quick, and blind to what it shares with
    others. Such a reading must not be loaded.
    """
    findings = Findings()
    shelf = Shelf(folder, findings)
    for stray in sorted(set(shelf.strays()) - {FRAMEWORK, GLOSSARY}):
        findings.add(
            shelf.name(stray), 0, "belongs to no course", "Move it into the folder of its course, or delete it"
        )
    shared = read_shared(shelf)
    if shared is None:
        return Courses(None, (), tuple(findings))
    repeats = Repeats(findings)
    wanted = [course for course in shelf.courses() if only in {None, course}]
    read = [_course(shelf, course, shared, kinds, repeats) for course in wanted]
    _refuse_same_slug(findings, [course for course in read if course])
    return Courses(shared.framework, tuple(c for c in read if c), tuple(findings))


def _refuse_same_slug(findings: Findings, courses: list[CheckedCourse]) -> None:
    seen: dict[str, str] = {}
    for checked_course in courses:
        slug, file = checked_course.course.slug, checked_course.file
        if slug in seen:
            line = checked_course.document.line(("slug",))
            findings.add(file, line, f"the slug '{slug}' is that of {seen[slug]}", "Rename one of the two folders")
        seen.setdefault(slug, file)


def _course(shelf: Shelf, folder: str, shared: Shared, kinds: Kinds, repeats: Repeats) -> CheckedCourse | None:
    if not shelf.exists(folder, COURSE):
        shelf.findings.add(shelf.name(folder), 0, f"has no {COURSE}", "Write one, or delete the folder")
        return None
    file = shelf.read(folder, COURSE)
    read = checked(Course, file, shelf.findings) if file else None
    if file is None or read is None:
        return None
    outline = Outline(read[0], file.name, read[1], shared.framework, shelf.findings)
    check_outline(outline, folder.rpartition("/")[2])
    check_wording(shelf.findings, file)
    check_plain_words(shelf.findings, file, outline.document)
    return _contents(shelf, folder, outline, shared, kinds, repeats)


def _contents(
    shelf: Shelf, folder: str, outline: Outline, shared: Shared, kinds: Kinds, repeats: Repeats
) -> CheckedCourse:
    figures = Figures(shelf, folder)
    library = Library({s.id: s for s in outline.course.sources}, shared.terms, figures, shelf.findings)
    quizzes = Quizzes(outline, shelf, kinds, folder)
    guides = Guides(outline, shelf, folder)
    texts = Texts(outline, shelf, library, repeats, folder)
    packs = Packs(outline, shelf, library, folder)
    taught = tuple(packs.check(session, place) for place, session in enumerate(outline.course.sessions))
    modules: list[CheckedModule] = []
    for place, module in enumerate(outline.course.modules):
        if module.file and (made := texts.check(module, ("modules", place))):
            modules.append(made)
        for number, activity in enumerate(module.activities):
            if isinstance(activity, Quizzed):
                quizzes.check(activity, ("modules", place, "activities", number))
            if isinstance(activity, Task):
                guides.check(activity, ("modules", place, "activities", number))
    for file, document in figures.data:
        check_wording(shelf.findings, file)
        check_plain_words(shelf.findings, file, document)
    check_measured(outline, quizzes.read)
    # A text that could not be read may well show the drawings that seem unused.
    if len(modules) == sum(module.file is not None for module in outline.course.modules):
        _check_unused(shelf, folder, outline.course, figures.shown, packs.used)
    return CheckedCourse(
        course=outline.course,
        file=outline.file,
        document=outline.document,
        modules=tuple(modules),
        quizzes=quizzes.read,
        guides=guides.read,
        packs=taught,
        competencies={c.id: c for c in shared.framework.competencies},
        terms=shared.terms,
    )


def _check_unused(shelf: Shelf, folder: str, course: Course, figures: set[str], packs: set[str]) -> None:
    used = {COURSE, *(f"figures/{name}" for name in figures), *packs}
    for module in course.modules:
        used |= {name for name in (module.file, module.easy_read) if name}
        used |= {activity.quiz for activity in module.activities if isinstance(activity, Quizzed)}
        used |= {activity.guide for activity in module.activities if isinstance(activity, Task)}
    for name in shelf.files(folder):
        if name not in used:
            shelf.findings.add(shelf.name(folder, name), 0, "is used nowhere", _remedy(name))


def _remedy(name: str) -> str:
    """For a file that nothing uses, by what its ending says."""
    place, _, file = name.rpartition("/")
    meant = _ALMOST.sub(r".\1", file).replace(".yml", ".yaml")
    if meant != file:
        return f"Call it {meant}: your editor has given it another ending"
    if not file.endswith((".md", ".yaml", ".svg")):
        return "Keep it elsewhere: a course holds texts (.md), data (.yaml) and drawings (.svg)"
    if file.endswith(".svg") and place != "figures":
        return "Move it into the folder figures and show it in a module, or delete it"
    return "Name it in course.yaml or show it in a module, or delete it"
