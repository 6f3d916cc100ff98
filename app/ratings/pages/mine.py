"""A member of staff's own page: their view, what leads said, what the record shows, and who may see what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.framework import CompetencyView, JudgementView, LevelView
from app.kernel.clock import london_date
from app.ratings.pages.answers import Choice, Example, examples, judgement_choices
from app.ratings.pages.voices import Earlier, Line, Written, by_competency, earlier, overall, written
from app.ratings.queries import AgreementRow, NoteRow, OpenShare, Rater, Record, Voices
from app.ratings.rules import DEVELOPMENT_ONLY, OVERALL, Said, Voice
from app.ratings.wording import TWO_READ, level_names
from app.web.page import FieldError, Page, errors_of
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterLine:
    """Somebody who may rate the reader, or with whom the reader still shares their own view; empty `since`: not."""

    person_id: int
    name: str
    asked: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The note of two people. `may_write` is not there once the other no longer rates the reader."""

    with_id: int
    name: str
    lines: tuple[Written, ...]
    may_write: bool
    typed: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    template: ClassVar[str] = "ratings/mine.html"
    who_sees: ClassVar[str] = (
        "You. Your own view is seen by those with whom you share it, from then on; what you think of it, by nobody "
        "else. What a lead says of you is seen by you and that lead, or whoever that lead asked and who wrote it. Of "
        "ten people and more the trust sees counts."
    )

    errors: tuple[FieldError, ...]
    whole: Line
    choices: tuple[Choice, ...]
    reflection: str
    examples: tuple[Example, ...]
    lines: tuple[Line, ...]
    raters: tuple[RaterLine, ...]
    threads: tuple[Thread, ...]
    earlier: tuple[Earlier, ...]
    agreed: str
    agreed_words: str
    kept: str
    two_read: str
    development_only: str

    @classmethod
    def of(
        cls,
        voices: Voices,
        record: Record,
        raters: Sequence[Rater],
        shares: Mapping[int, OpenShare],
        notes: Sequence[NoteRow],
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        judgements: Sequence[JudgementView],
        agreement: AgreementRow,
        kept_days: int,
        *,
        about: int = 0,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        """`about` is with whom the note is that could not be saved; `typed` and `errors` what was in it."""
        names, said = level_names(list(levels)), typed or {}
        own = voices.newest(Voice.OWN)
        chosen = said.get(f"said.{OVERALL}", own.said if own else "")
        wrong = errors or {}
        return cls(
            errors=errors_of({(f"words-{about}" if f == "words" else f): m for f, m in wrong.items()}),
            whole=overall(voices, record, names),
            choices=judgement_choices(Said(chosen) if chosen in set(Said) else None),
            reflection=said.get("reflection", own.reflection if own else ""),
            examples=examples(judgements),
            lines=by_competency(voices, record, competencies, names),
            raters=_sharing(raters, shares),
            threads=_threads(voices, raters, notes, about, said.get("words", ""), wrong.get("words", "")),
            earlier=earlier(voices, competencies, names),
            agreed=f"The trust agreed this with {agreement.agreed_with} on {day(agreement.agreed_on)}.",
            agreed_words=agreement.words,
            kept=f"When you leave the trust, all of this is erased after {kept_days} days.",
            two_read=TWO_READ,
            development_only=DEVELOPMENT_ONLY,
        )


def _sharing(raters: Sequence[Rater], shares: Mapping[int, OpenShare]) -> tuple[RaterLine, ...]:
    """Whoever rates the reader, and then with whom they share their view still, though that one no longer does."""
    asked = {r.person_id: f"asked by {r.for_lead} to judge your team" if r.for_lead else "" for r in raters}
    names = {r.person_id: r.name for r in raters}
    return tuple(
        RaterLine(
            person_id=i,
            name=names.get(i) or shares[i].name,
            asked=asked.get(i, "who no longer leads you"),
            since=day(london_date(shares[i].since)) if i in shares else "",
        )
        for i in dict.fromkeys((*names, *shares))
    )


def _threads(
    voices: Voices, raters: Sequence[Rater], notes: Sequence[NoteRow], about: int, typed: str, wrong: str
) -> tuple[Thread, ...]:
    """With each who rates the reader now and sees something differently, and with whom they wrote before."""
    names = {r.person_id: r.name for r in raters}
    wrote = {n.with_id for n in notes}
    open_with = [i for i in names if i == about or i in wrote or voices.between(i).differ_anywhere]
    before = dict.fromkeys(n.with_id for n in notes if n.with_id not in names)
    return tuple(
        Thread(
            with_id=i,
            name=names.get(i) or next((n.author for n in notes if n.with_id == n.author_id == i), "a former lead"),
            lines=written([n for n in notes if n.with_id == i]),
            may_write=i in names,
            typed=typed if i == about else "",
            wrong=wrong if i == about else "",
        )
        for i in (*open_with, *before)
    )
