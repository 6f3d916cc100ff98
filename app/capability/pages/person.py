"""One person's levels, for those who lead them: in full, with who decided what and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.pages.parts import PathFor
from app.capability.queries.mine import Level, PastDecision
from app.capability.rules import DEVELOPMENT_ONLY, NeedSource
from app.capability.wording import PAUSE_REASONS, need_words, place_words, standing_words
from app.learning.life_wording import Names, Stage, explained, stages
from app.organisation.queries import PersonRow
from app.signing.practice_wording import told_to_others
from app.signing.queries import Use
from app.web.page import Page
from app.web.words import day, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    level: str
    need: str
    decided: str
    why: str
    progress: str
    stages: tuple[Stage, ...]
    explained: str
    practice: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    level: str
    need: str
    why: str
    decided: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    template: ClassVar[str] = "capability/person.html"
    who_sees: ClassVar[str] = (
        "The person themselves, those who lead their directorate or team, and the QI team. "
        "Answers, scores and notes are not here: they are the person's own."
    )

    name: str
    post: str
    levels: tuple[LevelLine, ...]
    past: tuple[PastLine, ...]
    back: str
    ratings: str
    as_at: str
    development_only: str

    @classmethod
    def of(
        cls,
        person: PersonRow,
        levels: Sequence[Level],
        past: Sequence[PastDecision],
        uses: Mapping[str, Use],
        names: Names,
        path_for: PathFor,
        today: date,
        *,
        rates: bool = False,
        confirms: bool = False,
    ) -> Self:
        """`rates`: whether whoever looks rates this person; `confirms`: whether they may confirm what this person did.

        `uses`: by tier, what was told last of its use in practice; `names` are those of the editions.
        """
        titles = {m.tier.slug: m.tier.short for m in levels}
        grid = path_for("capability:teams", directorate=person.directorate_id, team=person.team_id)
        return cls(
            name=person.name,
            post=_post(person, away=any(m.standing.away for m in levels)),
            levels=tuple(
                _level(
                    m,
                    uses.get(m.tier.slug),
                    names,
                    today,
                    change=path_for("capability:cell", person_id=person.person_id, tier=m.tier.slug),
                    practice=path_for("signing:named_use", person_id=person.person_id, tier=m.tier.slug)
                    if confirms and m.standing.progress.holding
                    else "",
                )
                for m in levels
            ),
            past=tuple(_past(p, titles.get(p.tier, p.tier), today) for p in past),
            back=f"{grid}#p{person.person_id}",
            ratings=path_for("ratings:person", person_id=person.person_id) if rates else "",
            as_at=day(today),
            development_only=DEVELOPMENT_ONLY,
        )


def _post(person: PersonRow, *, away: bool) -> str:
    parts = [person.job_role, f"band {person.band}" if person.band else "", person.team, person.directorate]
    parts += [
        f"sponsor {person.sponsor}" if person.sponsor else "",
        f"to {day(person.ends_on)}" if person.ends_on else "",
        "on leave" if away else "",
    ]
    return ", ".join(part for part in parts if part)


def _level(level: Level, use: Use | None, names: Names, today: date, *, change: str, practice: str) -> LevelLine:
    now, held = level.decided, level.standing.progress.holding
    why = now.reason if now else ""
    if now and now.pause_reason:
        why = " ".join(part for part in (f"{PAUSE_REASONS[now.pause_reason]}.", why) if part)
    waiting = level.request is not None and level.request.waiting
    return LevelLine(
        level=level.tier.title,
        need=standing_words(level.standing, today),
        decided=_by(now.set_by, level.standing.source, moment(now.decided_at), now.rule) if now else "",
        why=f"Asked for this: {level.request.why or 'no words with it'}" if waiting and level.request else why,
        progress=place_words(level.standing, today, alone=level.tier.path.alone, on_course=level.on_course),
        stages=stages(held, today, away=level.standing.away, told=told_to_others(use)) if held else (),
        explained=explained(held, names, today) if held else "",
        practice=practice,
        change=change,
    )


def _by(name: str, source: NeedSource | None, when: str, rule: str) -> str:
    if rule:
        return f"Asked for by {rule}, since {when}"
    return f"Asked of every starter, {when}" if source is NeedSource.STARTER else f"{name}, {when}"


def _past(past: PastDecision, level: str, today: date) -> PastLine:
    return PastLine(
        level=level,
        need=need_words(past.need, past.due, today),
        why=past.reason,
        decided=_by(past.set_by, past.source, moment(past.decided_at), past.rule),
        until=moment(past.superseded_at) or "holds now",
    )
