"""The form in which a cohort is planned or changed, and what to do when somebody else changed it first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from app.cohorts.queries import CohortRow
from app.cohorts.rules import CohortState
from app.cohorts.wording import WHO_SEES, days_words, for_words
from app.curriculum.rules import Audience
from app.curriculum.views import TierView
from app.organisation.queries import DirectorateRow
from app.web.page import Filled, Option, Page
from app.web.words import day, moment, plural

EVERY = {1: "Every month", 2: "Every two months", 3: "Every three months", 6: "Every six months", 12: "Every year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForLine:
    """One directorate in the form: whether it was ticked, and the places kept for it."""

    directorate_id: int
    name: str
    ticked: bool
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFormPage(Page):
    """`cohort_id` 0: a new one. `level` is named where it can no longer be chosen."""

    template: ClassVar[str] = "cohorts/form.html"
    who_sees: ClassVar[str] = WHO_SEES

    cohort_id: int
    level: str
    seen: str
    levels: tuple[Option, ...]
    every: tuple[Option, ...]
    lines: tuple[ForLine, ...]
    form: Filled

    @classmethod
    def of(
        cls,
        tiers: Sequence[TierView],
        directorates: Sequence[DirectorateRow],
        values: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
        *,
        cohort: CohortRow | None = None,
    ) -> "CohortFormPage":
        return cls(
            cohort_id=cohort.id if cohort else 0,
            level=cohort.tier_title if cohort else "",
            seen=values.get("seen", "") or (cohort.seen if cohort else ""),
            levels=tuple(Option(value=t.slug, text=t.title) for t in tiers if t.audience is not Audience.AUTHOR),
            every=tuple(Option(value=str(n), text=text) for n, text in EVERY.items()),
            lines=tuple(
                ForLine(
                    directorate_id=directorate_id,
                    name=name,
                    ticked=f"for-{directorate_id}" in values,
                    kept=values.get(f"kept-{directorate_id}", ""),
                )
                for directorate_id, name in _places(directorates, cohort)
            ),
            form=Filled.of(values, errors),
        )


def _places(directorates: Sequence[DirectorateRow], cohort: CohortRow | None) -> list[tuple[int, str]]:
    """Those that are open, and any that the cohort is for and that was closed since."""
    known = {d.id for d in directorates}
    closed = [k for k in (cohort.kept if cohort else ()) if k.directorate_id not in known]
    return [(d.id, d.name) for d in directorates] + [(k.directorate_id, f"{k.directorate} (closed)") for k in closed]


def values_of(cohort: CohortRow) -> dict[str, str]:
    """A cohort as the form's fields hold it."""
    values = {
        "title": cohort.title,
        "starts_on": day(cohort.starts_on),
        "ends_on": day(cohort.ends_on),
        "places": str(cohort.places),
        "note": cohort.note,
        "seen": cohort.seen,
    }
    values |= {f"for-{k.directorate_id}": "yes" for k in cohort.kept}
    return values | {f"kept-{k.directorate_id}": str(k.places) for k in cohort.kept if k.places}


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortPage(Page):
    template: ClassVar[str] = "cohorts/cohort.html"
    who_sees: ClassVar[str] = WHO_SEES

    cohort_id: int
    title: str
    facts: tuple[tuple[str, str], ...]
    dropped: str
    form: Filled

    @classmethod
    def of(
        cls, cohort: CohortRow, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
    ) -> "CohortPage":
        gone = cohort.state is CohortState.DROPPED
        return cls(
            cohort_id=cohort.id,
            title=cohort.title,
            facts=facts(cohort),
            dropped=f"Dropped on {moment(cohort.dropped_at)}: {cohort.why_dropped}" if gone else "",
            form=Filled.of(values or {}, errors),
        )


def facts(cohort: CohortRow) -> tuple[tuple[str, str], ...]:
    said = (
        ("Level", cohort.tier_title),
        ("Dates", days_words(cohort.starts_on, cohort.ends_on)),
        ("Places", plural(cohort.places, "place")),
        ("For", for_words(cohort.kept)),
        ("Note", cohort.note),
        ("Planned", f"{moment(cohort.planned_at)}, by {cohort.planned_by}"),
    )
    return tuple((name, words) for name, words in said if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortChangedPage(Page):
    """Somebody changed a cohort while it was open: what stands now, and what was typed, to be saved over it or not."""

    template: ClassVar[str] = "cohorts/changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    cohort_id: int
    title: str
    facts: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]
    mine: str

    @classmethod
    def of(cls, cohort: CohortRow, mine: str, fields: Mapping[str, Sequence[str]]) -> "CohortChangedPage":
        sent = {name: texts for name, texts in fields.items() if not name.startswith("_") and name != "seen"}
        return cls(
            cohort_id=cohort.id,
            title=cohort.title,
            facts=facts(cohort),
            typed=(*((n, t) for n, texts in sent.items() for t in texts), ("seen", cohort.seen)),
            mine=mine,
        )
