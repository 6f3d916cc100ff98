"""docs/curriculum.md: what is in each course, counted from its files, so that a reader sees what is thin."""

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser

from app.curriculum.checking import CheckedCourse
from app.curriculum.checking.reading_age import reading_age
from app.curriculum.format import Assessment, Practice, SignOff, Task
from app.curriculum.loading.stored import quiz_key
from app.kernel.config import Settings
from app.web.words import minutes
from tests.world import real_courses

INTRODUCTION = (
    "Counted from the files in `courses/`. Modules that are not open yet are in brackets. *Questions* are those of "
    "practices, then those in the banks of assessments, then how many of these an attempt draws. An objective is "
    "*judged* when a question of an assessment asks for it, or when its module ends in a task or a sign-off. The "
    "reading age is that of a module's paragraphs, in years, for the whole course and for its hardest module."
)
READ = ("p", "li", "dd")
NOT_READ = ("table", "svg", "section.app-terms", "section.app-sources")


class _Passages(HTMLParser):
    """The paragraphs of a module that somebody reads through, as plain words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "hr", "img", "path", "rect", "circle", "line", "use", "polyline"}:
            return
        kinds = (dict(attrs).get("class") or "").split()
        name = next((f"{tag}.{kind}" for kind in kinds if f"{tag}.{kind}" in NOT_READ), tag)
        self._open.append(name)
        if tag in READ:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().partition(".")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if set(self._open) & set(READ) and not set(self._open) & set(NOT_READ):
            self.found[-1] += data


def passages(html: str) -> list[str]:
    return [" ".join(words.split()) for words in _Passages(html).found if words.strip()]


def _words(course: CheckedCourse) -> str:
    return f"{sum(len(p.split()) for m in course.modules for p in passages(m.html)):,}"


def _modules(course: CheckedCourse) -> str:
    later = sum(1 for module in course.course.modules if module.opens)
    return f"{len(course.modules)} ({later})" if later else str(len(course.modules))


def _activities(course: CheckedCourse) -> Iterator[tuple[object, frozenset[str]]]:
    """Each activity, with the objectives of its module."""
    for module in course.course.modules:
        for activity in module.activities:
            yield activity, frozenset(module.objectives)


def _minutes(course: CheckedCourse) -> str:
    every = [a for m in course.course.modules for a in m.activities]
    return minutes(sum(a.minutes for a in every)) if every else "none yet"


def _apart(course: CheckedCourse) -> str:
    together = sum(a.participatory_minutes for m in course.course.modules for a in m.activities)
    return minutes(together) if together else "none"


def _questions(course: CheckedCourse) -> str:
    practice = sum(_asked(course, a) for a, _ in _activities(course) if isinstance(a, Practice))
    banks = [a for a, _ in _activities(course) if isinstance(a, Assessment)]
    drawn = sum(a.drawn or _asked(course, a) for a in banks)
    return f"{practice} / {sum(_asked(course, a) for a in banks)} / {drawn}"


def _asked(course: CheckedCourse, activity: Practice | Assessment) -> int:
    return len(course.quizzes[quiz_key(activity)].questions)


def _kinds(course: CheckedCourse) -> str:
    kinds = {q.kind for quiz in course.quizzes.values() for q in quiz.questions}
    kinds |= {a.kind for a, _ in _activities(course) if isinstance(a, Task | SignOff)}
    return ", ".join(sorted(kinds)) or "none"


def _objectives(course: CheckedCourse) -> str:
    judged: set[str] = set()
    for activity, of_module in _activities(course):
        if isinstance(activity, Assessment):
            judged |= {str(q.raw["objective"]) for q in course.quizzes[quiz_key(activity)].questions}
        elif isinstance(activity, Task | SignOff):
            judged |= of_module
    return f"{len(course.course.objectives)}, {len(judged)} judged"


def _figures(course: CheckedCourse) -> str:
    return str(sum(len(re.findall(r"<figure\b", m.html)) for m in course.modules))


def _age(course: CheckedCourse) -> str:
    texts = [passages(m.html) for m in course.modules]
    whole = reading_age(p for text in texts for p in text)
    hardest = max((age for text in texts if (age := reading_age(text)) is not None), default=None)
    return f"{whole:.1f}, hardest {hardest:.1f}" if whole and hardest else "too few words"


def _review(course: CheckedCourse) -> str:
    return f"{course.course.review_by:%-d %B %Y}"


# A course that gains something new to count (handouts, films) gains a line here.
COLUMNS: tuple[tuple[str, Callable[[CheckedCourse], str]], ...] = (
    ("course", lambda course: f"`{course.course.slug}`"),
    ("edition", lambda course: str(course.course.edition)),
    ("modules", _modules),
    ("taught sessions", lambda course: str(len(course.course.sessions) or "none")),
    ("time", _minutes),
    ("with others", _apart),
    ("words", _words),
    ("questions", _questions),
    ("kinds", _kinds),
    ("objectives", _objectives),
    ("figures", _figures),
    ("reading age", _age),
    ("review by", _review),
)


def curriculum() -> Sequence[str]:
    """The lines of the document."""
    read = real_courses(Settings().courses_dir)
    assert read.framework is not None
    assert not read.problems, "qi courses check says what to mend first"
    tiers = [tier.slug for tier in read.framework.tiers]
    courses = sorted(read.courses, key=lambda c: (tiers.index(c.course.tier), c.course.slug))
    taught = [course for course in courses if course.course.audience != "author"]
    lines = ["# What is taught", "", INTRODUCTION, ""]
    lines += _table([name for name, _ in COLUMNS], ([say(course) for _, say in COLUMNS] for course in courses))
    lines += ["", "## Which course teaches what, and how well", ""]
    lines += ["The highest level of an objective, from 1 (aware) to 5 (teaches); empty where a course has none.", ""]
    return [
        *lines,
        *_table(
            ["competency", *(f"`{course.course.slug}`" for course in taught)],
            ([one.title, *(_highest(course, one.id) for course in taught)] for one in read.framework.competencies),
        ),
    ]


def _highest(course: CheckedCourse, competency: str) -> str:
    levels = [o.level for o in course.course.objectives if o.competency == competency]
    return str(max(levels)) if levels else ""


def _table(heading: Sequence[str], rows: Iterator[Sequence[str]]) -> list[str]:
    return [_row(heading), _row(["---"] * len(heading)), *(_row(row) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
