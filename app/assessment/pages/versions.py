from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.assessment.commands import OtherVersionError
from app.assessment.kinds.contract import Answer, StepTakenError
from app.assessment.pages.words import ONLY_YOU, ONLY_YOU_PARTNER, TimeLeft, answer_words, saved_words
from app.assessment.queries import Asked, Sitting
from app.kernel.clock import london_date
from app.web.page import Page

NOT_SENT_AGAIN = frozenset({"version", "_once"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as it was posted, to be posted again."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoVersionsPage(Page):
    """An answer came that had not seen the one saved last: both are shown, and neither is gone."""

    template: ClassVar[str] = "assessment/two_versions.html"
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    number: int
    quiz: str
    stem_html: str
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    saved: str
    version: int
    time: TimeLeft | None
    fields: tuple[Field, ...]

    @classmethod
    def of(
        cls,
        sitting: Sitting,
        asked: Asked,
        other: OtherVersionError,
        mine: Answer,
        posted: Mapping[str, list[str]],
        actor: Actor,
        now: datetime,
    ) -> "TwoVersionsPage":
        shape = PartnerTwoVersionsPage if actor.kind is PersonKind.PARTNER else TwoVersionsPage
        return shape(
            attempt=sitting.attempt_id,
            number=asked.number,
            quiz=f"{sitting.activity.title}, question {asked.number} of {len(sitting.asked)}",
            stem_html=asked.shown["stem_html"],
            mine=answer_words(asked, mine),
            theirs=answer_words(asked, other.theirs),
            saved=saved_words(other.saved_at, london_date(now)),
            version=other.version,
            time=TimeLeft.of(sitting, now),
            fields=tuple(
                Field(name=name, value=value)
                for name, values in posted.items()
                if name not in NOT_SENT_AGAIN
                for value in values
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTwoVersionsPage(TwoVersionsPage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTakenPage(Page):
    """Words came for a step that had been taken in another window. They cannot count, and are here to be copied."""

    template: ClassVar[str] = "assessment/step_taken.html"
    who_sees: ClassVar[str] = ONLY_YOU

    attempt: int
    number: int
    quiz: str
    stem_html: str
    lost: tuple[str, ...]
    theirs: tuple[str, ...]
    saved: str

    @classmethod
    def of(cls, sitting: Sitting, asked: Asked, refusal: StepTakenError, actor: Actor, today: date) -> "StepTakenPage":
        shape = PartnerStepTakenPage if actor.kind is PersonKind.PARTNER else StepTakenPage
        return shape(
            attempt=sitting.attempt_id,
            number=asked.number,
            quiz=f"{sitting.activity.title}, question {asked.number} of {len(sitting.asked)}",
            stem_html=asked.shown["stem_html"],
            lost=refusal.lost,
            theirs=answer_words(asked, asked.answer),
            saved=saved_words(asked.saved_at, today),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerStepTakenPage(StepTakenPage):
    who_sees: ClassVar[str] = ONLY_YOU_PARTNER
