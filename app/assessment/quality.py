"""How good a bank of questions is, from the first attempts of many people: classical item analysis, pure.

Sources: Crocker and Algina, Introduction to Classical and Modern Test Theory (1986), chapters 7 (alpha, KR-20) and 14
(difficulty, discrimination). Figures of fewer than ten people are never made: a person could be recognised in them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import fmean, median

from app.kernel.suppression import FEWEST

TOO_HARD, TOO_EASY = 0.3, 0.95
"""Shares of right answers at which a question tells little about who has learned what (Crocker and Algina, p. 312)."""
WEAK = 0.15
"""A correlation with the rest of the test below which a question measures something else, or is worded badly."""
RARELY = 0.05
"""A wrong answer that fewer choose than this share is no temptation to anybody."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's first attempt: question → 1 for right, 0 for not, or their share of it; and how long it took."""

    marks: Mapping[str, float]
    minutes: float

    def rest(self, question: str) -> float | None:
        """The share that was right of the other questions; None when there were no others."""
        others = [mark for key, mark in self.marks.items() if key != question]
        return fmean(others) if others else None


@dataclass(frozen=True, slots=True)
class Item:
    """One question: how many met it, the share of right answers, and its correlation with the rest of the test.

    `difficulty` is 0 to 1, and None with fewer than ten people. `discrimination` is -1 to 1, and None where everybody
    or nobody was right, or all did equally well.
    """

    key: str
    met: int
    difficulty: float | None
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class Quality:
    """A whole bank. `reliability` is alpha for an attempt of the usual length (KR-20 where all meet all questions)."""

    people: int
    items: tuple[Item, ...]
    reliability: float | None
    minutes: float | None


def quality(questions: Sequence[str], sheets: Sequence[Sheet]) -> Quality:
    """The figures of a bank, in the order of its questions."""
    enough = len(sheets) >= FEWEST
    return Quality(
        people=len(sheets),
        items=tuple(_item(key, sheets) for key in questions),
        reliability=reliability(questions, sheets) if enough else None,
        minutes=median(sheet.minutes for sheet in sheets) if enough else None,
    )


def _item(key: str, sheets: Sequence[Sheet]) -> Item:
    met = [sheet for sheet in sheets if key in sheet.marks]
    if len(met) < FEWEST:
        return Item(key, len(met), None, None)
    pairs = [(sheet.marks[key], rest) for sheet in met if (rest := sheet.rest(key)) is not None]
    return Item(key, len(met), fmean(sheet.marks[key] for sheet in met), correlation(pairs))


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's, of a question with the rest of its test: the corrected item-total correlation. None without spread."""
    if len(pairs) < FEWEST:
        return None
    both, own, rest = (
        _covariance(pairs),
        _covariance([(x, x) for x, _ in pairs]),
        _covariance([(y, y) for _, y in pairs]),
    )
    return both / sqrt(own * rest) if own > 0 and rest > 0 else None


def reliability(questions: Sequence[str], sheets: Sequence[Sheet]) -> float | None:
    """Alpha from the mean variance and the mean covariance of questions: k c / (v + (k - 1) c).

    Where everybody meets every question this is KR-20. Where questions are drawn, it asks each pair of those who met
    both, and k is the usual number of questions. None where no pair was met by ten people.
    """
    columns = {key: [sheet.marks[key] for sheet in sheets if key in sheet.marks] for key in questions}
    variances = [_covariance([(m, m) for m in marks]) for marks in columns.values() if len(marks) >= FEWEST]
    covariances = list(_covariances(questions, sheets))
    if not variances or not covariances:
        return None
    usual = median(len(sheet.marks) for sheet in sheets)
    variance, covariance = fmean(variances), fmean(covariances)
    whole = variance + (usual - 1) * covariance
    return usual * covariance / whole if whole > 0 else None


def _covariances(questions: Sequence[str], sheets: Sequence[Sheet]) -> Iterator[float]:
    for one, other in combinations(questions, 2):
        both = [(s.marks[one], s.marks[other]) for s in sheets if one in s.marks and other in s.marks]
        if len(both) >= FEWEST:
            yield _covariance(both)


def _covariance(pairs: Sequence[tuple[float, float]]) -> float:
    middle_x, middle_y = fmean(x for x, _ in pairs), fmean(y for _, y in pairs)
    return fmean((x - middle_x) * (y - middle_y) for x, y in pairs)


def doubts(item: Item, chosen: Mapping[str, int], right: frozenset[str]) -> tuple[str, ...]:
    """What speaks for looking at a question again, in words. `chosen` counts how many chose each of its answers."""
    if item.difficulty is None:
        return ()
    found = []
    if item.difficulty < TOO_HARD:
        found.append("Few get it right. Is it taught, and does the wording say what is meant?")
    if item.difficulty > TOO_EASY:
        found.append("Nearly everybody gets it right. It may be kept as encouragement; it tells little.")
    if item.discrimination is not None and item.discrimination < WEAK:
        found.append("Those who do well elsewhere do no better here. Look for a second right answer, or a trap.")
    return (*found, *_about_answers(item, chosen, right))


def _about_answers(item: Item, chosen: Mapping[str, int], right: frozenset[str]) -> Iterator[str]:
    wrong = {answer: count for answer, count in chosen.items() if answer not in right}
    best = max((chosen[answer] for answer in right if answer in chosen), default=0)
    if any(count > best for count in wrong.values()):
        yield "A wrong answer is chosen more often than the right one."
    idle = sum(count < RARELY * item.met for count in wrong.values())
    if idle:
        yield f"{idle} of its {len(wrong)} wrong answers {'is' if idle == 1 else 'are'} hardly ever chosen."
