"""One person, for whoever rates them: what is theirs to see of the three voices, and the note of the two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.framework import CompetencyView, JudgementView, LevelView
from app.ratings.pages.answers import Choice, Example, examples, judgement_choices
from app.ratings.pages.teams import for_hand
from app.ratings.pages.voices import Earlier, Line, Written, by_competency, earlier, overall, written
from app.ratings.queries import NoteRow, RatedPerson, Record, Voices
from app.ratings.rules import DEVELOPMENT_ONLY, OVERALL, Voice
from app.ratings.wording import TWO_READ, level_names
from app.web.page import FieldError, Page, errors_of

NOT_SHARED = "Not shared with you"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPersonPage(Page):
    template: ClassVar[str] = "ratings/person.html"
    who_sees: ClassVar[str] = (
        "You, and the person, who sees all that you say here. You see their own view once they share it with you, and "
        "what you said or had somebody say for you: not what another lead said or wrote."
    )

    errors: tuple[FieldError, ...]
    person_id: int
    name: str
    post: str
    for_lead: str
    team_id: int
    whole: Line
    was: str
    choices: tuple[Choice, ...]
    examples: tuple[Example, ...]
    lines: tuple[Line, ...]
    rates_all: bool
    note: tuple[Written, ...]
    note_open: bool
    typed: str
    wrong: str
    earlier: tuple[Earlier, ...]
    two_read: str
    development_only: str

    @classmethod
    def of(
        cls,
        person: RatedPerson,
        reader_id: int,
        voices: Voices,
        record: Record | None,
        notes: Sequence[NoteRow],
        competencies: Sequence[CompetencyView],
        levels: Sequence[LevelView],
        judgements: Sequence[JudgementView],
        *,
        rates_all: bool,
        typed: str = "",
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        names = level_names(list(levels))
        mine = voices.by(reader_id, person.hand.lead_id).get(OVERALL)
        wrong = errors or {}
        unshared = NOT_SHARED if voices.newest(Voice.OWN) is None else ""
        return cls(
            errors=errors_of(wrong),
            person_id=person.person_id,
            name=person.name,
            post=f"{person.job_role}, {person.hand.team}",
            for_lead=for_hand(person.hand),
            team_id=person.hand.team_id,
            whole=overall(voices, record, names, unshared),
            was=mine or "",
            choices=judgement_choices(mine),
            examples=examples(judgements),
            lines=by_competency(voices, record, competencies, names),
            rates_all=rates_all,
            note=written(notes),
            note_open=voices.differ_anywhere or bool(notes) or bool(typed) or "words" in wrong,
            typed=typed,
            wrong=wrong.get("words", ""),
            earlier=earlier(voices, competencies, names),
            two_read=TWO_READ,
            development_only=DEVELOPMENT_ONLY,
        )
