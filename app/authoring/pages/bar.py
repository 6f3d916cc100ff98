"""What stands above every page of a preview: that it is one, where else to look, and what the check says."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.curriculum.problems import Problem
from app.web.words import plural

AUTHOR = "Whoever opens this preview on this machine. Learners never see this page, and nothing on it is recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    where: str
    said: str
    remedy: str

    @classmethod
    def of(cls, problem: Problem) -> "ProblemLine":
        where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
        return cls(where=where, said=problem.message, remedy=problem.remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """`version` tells the page's script whether a file has changed since; `here` is the address to load again."""

    trust: str
    logo: str
    version: int
    here: str
    ways: tuple[Way, ...]
    say: str
    problems: tuple[ProblemLine, ...]
    is_old: bool

    @classmethod
    def of(
        cls,
        problems: Sequence[Problem],
        *,
        trust: str,
        logo: str,
        version: int,
        here: str,
        ways: Sequence[Way] = (),
        is_old: bool = False,
        checked: bool = True,
    ) -> "BarView":
        in_order = "The check finds nothing to mend." if checked else ""
        return cls(
            trust=trust,
            logo=logo,
            version=version,
            here=here,
            ways=tuple(ways),
            say=f"{plural(len(problems), 'thing')} to mend" if problems else in_order,
            problems=tuple(ProblemLine.of(problem) for problem in problems),
            is_old=is_old,
        )
