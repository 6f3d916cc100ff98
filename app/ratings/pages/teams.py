"""The teams that the reader judges, and one of them in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from app.curriculum.framework import JudgementView
from app.kernel.clock import london_date
from app.ratings.commands import Judged
from app.ratings.pages.answers import Example, Question, asked_alone, examples, judgement_choices
from app.ratings.queries import Hand, Rater, Sheet, SheetLine, TeamToJudge
from app.ratings.rules import DEVELOPMENT_ONLY
from app.web.page import FieldError, Option, Page, errors_of
from app.web.words import clock_time, day, plural

PathFor = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    name: str
    href: str
    directorate: str
    done: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedTeamsPage(Page):
    template: ClassVar[str] = "ratings/teams.html"
    who_sees: ClassVar[str] = "You. Another lead sees how far they are themselves, and nothing of this."

    say: str
    skills: str
    teams: tuple[TeamLine, ...]
    development_only: str

    @classmethod
    def of(cls, found: Sequence[TeamToJudge], path_for: PathFor) -> Self:
        left = sum(t.people - t.judged for t in found)
        return cls(
            say=f"{plural(left, 'person', 'people')} you have not judged yet, in {plural(len(found), 'team')}."
            if left
            else "You have judged everybody in your teams. Look again when something has changed.",
            skills=path_for("ratings:skills"),
            teams=tuple(_team(t, path_for) for t in found),
            development_only=DEVELOPMENT_ONLY,
        )


def _team(found: TeamToJudge, path_for: PathFor) -> TeamLine:
    hand = found.hand
    return TeamLine(
        name=hand.team,
        href=path_for("ratings:team", team_id=hand.team_id),
        directorate=hand.directorate,
        done=f"{found.judged} of {found.people}",
        asked=found.asked or ("" if hand.own else f"You, for {hand.lead}"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage(Page):
    template: ClassVar[str] = "ratings/team.html"
    partials: ClassVar[Mapping[str, str]] = {"saved": "ratings/_saved.html"}
    who_sees: ClassVar[str] = (
        "Each person sees what you say of them, and nobody else’s. You see what you said. A lead also sees what "
        "somebody judged for them. Other leads, HR and the QI team see none of it, only counts of ten and more."
    )

    errors: tuple[FieldError, ...]
    team_id: int
    title: str
    skills: str
    for_lead: str
    questions: tuple[Question, ...]
    examples: tuple[Example, ...]
    saved: str
    fresh: Question | None
    leads: bool
    asked: str
    may_ask: tuple[Option, ...]
    development_only: str

    @classmethod
    def of(
        cls,
        found: Sheet,
        judgements: Sequence[JudgementView],
        asked: Rater | None,
        may_be_asked: Sequence[tuple[int, str]],
        path_for: PathFor,
        saved_at: datetime | None = None,
        errors: Mapping[str, str] | None = None,
        *,
        left_out: int = 0,
        only: str = "",
    ) -> Self:
        """`left_out` could not be saved; `only` is the question whose answer alone was."""
        said = " ".join((errors or {}).values())
        questions = tuple(_question(line, path_for) for line in found.lines)
        return cls(
            errors=errors_of(errors or {}),
            team_id=found.hand.team_id,
            title=found.hand.team,
            skills=path_for("ratings:skills", directorate=found.hand.directorate_id, team=found.hand.team_id),
            for_lead="" if found.hand.own else f"{found.hand.lead} asked you to judge this team for them.",
            questions=questions,
            examples=examples(judgements),
            saved=said or done_words(found, saved_at, left_out),
            fresh=asked_alone(questions, only),
            leads=found.hand.own,
            asked=asked.name if asked else "",
            may_ask=tuple(Option(value=str(i), text=text) for i, text in may_be_asked),
            development_only=DEVELOPMENT_ONLY,
        )


def done_words(found: Sheet, saved_at: datetime | None, left_out: int) -> str:
    """Saved at 09:05. 12 of 23 judged."""
    saved = f"Saved at {clock_time(saved_at)}. " if saved_at and not left_out else left_out_words(left_out)
    return f"{saved}{found.judged} of {len(found.lines)} judged."


def saved_words(done: Judged) -> str:
    """Saved: 3 people. They see it on their own page."""
    if not done.changed and not done.left_out:
        return "It was all so already."
    saved = f"Saved: {plural(done.changed, 'person', 'people')}. They see it on their own page. "
    return f"{saved if done.changed else ''}{left_out_words(done.left_out)}".strip()


def left_out_words(left_out: int) -> str:
    people = plural(left_out, "person was", "people were")
    return f"{people} left out: they are not in this team any more. " if left_out else ""


def _question(line: SheetLine, path_for: PathFor) -> Question:
    post = ", ".join(p for p in (line.job_role, f"band {line.band}" if line.band else "") if p)
    when = f"{post}. You said so on {day(london_date(line.rated_at))}" if line.rated_at else post
    return Question(
        key=str(line.person_id),
        title=line.list_name,
        about=when,
        href=path_for("ratings:person", person_id=line.person_id),
        was=line.said or "",
        choices=judgement_choices(line.said),
    )


def for_hand(hand: Hand) -> str:
    return "" if hand.own else f"You judge them for {hand.lead}."
