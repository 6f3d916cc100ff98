"""One directorate becomes part of another: which, from when, and what that does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.access.permissions import ROLE_NAMES
from app.curriculum.views import TierView
from app.organisation.queries import DirectorateRow
from app.planning.queries.carried import RoleMove, TargetMove
from app.planning.queries.merging import Merger, TeamMove
from app.planning.rules import year_end
from app.planning.wording import target_words
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day, plural

WHO = "People who look after staff records in the whole trust."


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage(Page):
    template: ClassVar[str] = "planning/merge.html"
    who_sees: ClassVar[str] = WHO

    directorate_id: int
    name: str
    others: tuple[Option, ...]
    first_hint: str
    form: Filled

    @classmethod
    def of(
        cls, gone: DirectorateRow, others: Sequence[DirectorateRow], today: date, invalid: Invalid | None = None
    ) -> Self:
        return cls(
            directorate_id=gone.id,
            name=gone.name,
            others=tuple(Option(value=str(d.id), text=d.name) for d in others),
            first_hint=f"Today or an earlier day. For example, {day(today)}",
            form=Filled.of(invalid.values, invalid.errors) if invalid else Filled.of({"first": day(today)}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    name: str
    becomes: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreviewPage(Page):
    template: ClassVar[str] = "planning/merge_preview.html"
    who_sees: ClassVar[str] = WHO

    stale: str
    directorate_id: int
    name: str
    into: str
    say: str
    teams: tuple[TeamLine, ...]
    roles: tuple[str, ...]
    rules: tuple[str, ...]
    targets: tuple[str, ...]
    cohorts: tuple[str, ...]
    others: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    """Names and values of what was typed, and the mark of this preview."""

    @classmethod
    def of(cls, found: Merger, tiers: Sequence[TierView], typed: Mapping[str, str], *, stale: str = "") -> Self:
        titles, names = {t.slug: t.title for t in tiers}, {t.team_id: t.name for t in found.teams}
        both = plural(len(found.teams), "team")
        return cls(
            stale=stale,
            directorate_id=found.gone.id,
            name=found.gone.name,
            into=found.into.name,
            say=f"From {day(found.on)} {found.gone.name} is part of {found.into.name}, with {both} and "
            f"{plural(found.people, 'person', 'people')}. Counts of the days before stay where they were.",
            teams=tuple(_team(t, found) for t in found.teams),
            roles=tuple(_role(r, names, len(found.teams), found) for r in found.roles),
            rules=tuple(
                f"“{r.name}” goes on in {names.get(r.team_id, 'each of the teams above')}, by the same days."
                for r in found.rules
            ),
            targets=tuple(_target(t, titles, found) for t in found.targets),
            cohorts=tuple(_cohorts(found)),
            others=tuple(_others(found)),
            kept=(*((name, typed.get(name, "")) for name in ("into", "first")), ("mark", found.mark)),
        )


def _team(team: TeamMove, found: Merger) -> TeamLine:
    if team.into_id:
        becomes = f"Merged into {team.into_name}, where {plural(team.others, 'person works', 'people work')} already"
    elif team.into_name != team.name:
        becomes = f"Called {team.into_name}: {found.into.name} has had a {team.name} before"
    else:
        becomes = "Goes on as it is"
    return TeamLine(name=team.name, becomes=becomes, people=plural(team.people, "person", "people"))


def _role(role: RoleMove, names: Mapping[int, str], teams: int, found: Merger) -> str:
    """Teresa Hollis: Directorate lead, from today on in 5 teams that were theirs."""
    where = names[role.team_id] if role.team_id else plural(teams, "team that was theirs", "teams that were theirs")
    named = ROLE_NAMES[role.role]
    more = f" To have the role in all of {found.into.name}, it must be given anew." if not role.team_id else ""
    return f"{role.person}: {named}, from today on in {where}.{more}"


def _target(move: TargetMove, titles: Mapping[str, str], found: Merger) -> str:
    """Pocket QI by 31 March 2027: 20 per cent of Medicine and 40 people of Surgery become 75 people."""
    before = [
        f"{target_words(*one)} of {place.name}"
        for one, place in zip(move.before, (found.gone, found.into), strict=True)
        if one is not None
    ]
    group = f", {move.staff_group}" if move.staff_group else ""
    after = target_words(*move.after) if move.after else "no target: it asks for nobody"
    say = f"{titles.get(move.tier, move.tier)}{group} by {day(year_end(move.year))}"
    return f"{say}: {' and '.join(before)} {'become' if len(before) > 1 else 'becomes'} {after}."


def _cohorts(found: Merger) -> Iterator[str]:
    for cohort in found.cohorts:
        places = (
            f"{plural(cohort.places, 'place')} kept for {found.into.name}" if cohort.places else "its shared places"
        )
        yield f"{cohort.title}: {places}{', together with its own' if cohort.both else ''}."


def _others(found: Merger) -> Iterator[str]:
    yield "What was decided about people, ratings and what they completed stay theirs. So do selections of people."
    yield (
        f"Within minutes the rules of {found.into.name} ask the people who come as they ask its own, and a rule that "
        "goes on in a merged team asks everybody in it: where people begin a course by themselves, they are put on it."
    )
    if found.roles and any(team.into_id for team in found.teams):
        yield "Whoever has a role in a merged team has it for everybody in that team."
    if found.views:
        views = plural(len(found.views), "saved view", "saved views")
        yield f"Of {views}, those of the whole directorate show all of {found.into.name} from now on."
    yield (
        "Managers stay those of each post. Teams are asked anew for time to learn; leads ask anew whom they had asked "
        "to judge a team."
    )
