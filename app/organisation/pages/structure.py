"""Pages about directorates and teams."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.errors import NotFoundError
from app.organisation.options import filled, team_options
from app.organisation.queries import DirectorateRow, TeamRow
from app.organisation.rules import last_day
from app.web.form import Invalid
from app.web.page import Filled, Option, Page
from app.web.words import day


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    id: int
    name: str
    state: str
    site: str
    closable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorateBlock:
    id: int
    name: str
    state: str
    mergeable: bool
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructurePage(Page):
    template: ClassVar[str] = "organisation/structure.html"
    who_sees: ClassVar[str] = "People who look after staff records. The names of teams are no secret."

    blocks: tuple[DirectorateBlock, ...]
    may_open_directorate: bool
    may_open_team: bool

    @classmethod
    def of(cls, actor: Actor, directorates: list[DirectorateRow], teams: list[TeamRow], today: date) -> "StructurePage":
        names = {row.directorate_id: row.directorate for row in teams} | {d.id: d.name for d in directorates}
        whole = actor.reach(Permission.MANAGE_PEOPLE).trust
        known = {d.id: d for d in directorates} if whole else {}
        return cls(
            blocks=tuple(_block(i, name, teams, known, today) for i, name in sorted(names.items(), key=lambda n: n[1])),
            may_open_directorate=whole,
            may_open_team=bool(directorates),
        )


def _block(
    directorate_id: int, name: str, teams: list[TeamRow], known: Mapping[int, DirectorateRow], today: date
) -> DirectorateBlock:
    """`known` are all directorates, for whoever may merge them."""
    own = known.get(directorate_id)
    into = known.get(own.successor_id) if own and own.successor_id else None
    return DirectorateBlock(
        id=directorate_id,
        name=name,
        state=f"Part of {into.name} since {day(own.ends_on)}" if own and into else "",
        mergeable=own is not None and own.ends_on is None and own.starts_on < today and len(known) > 1,
        teams=tuple(_team_line(t, today) for t in teams if t.directorate_id == directorate_id),
    )


def _team_line(team: TeamRow, today: date) -> TeamLine:
    if team.starts_on > today:
        opens = f"Opens {day(team.starts_on)}"
        return TeamLine(id=team.id, name=team.name, state=opens, site=team.site, closable=False)
    ended = f"Closed after {day(last_day(team.ends_on))}" if team.ends_on else ""
    return TeamLine(id=team.id, name=team.name, state=ended, site=team.site, closable=team.ends_on is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage(Page):
    """Where a team works; `sites` are those that other teams name."""

    template: ClassVar[str] = "organisation/site.html"
    who_sees: ClassVar[str] = "People who look after staff records. Where a team works is no secret."

    team_id: int
    name: str
    directorate: str
    sites: tuple[str, ...]
    form: Filled

    @classmethod
    def of(cls, team: TeamRow, teams: list[TeamRow], invalid: Invalid | None = None) -> "SitePage":
        return cls(
            team_id=team.id,
            name=team.name,
            directorate=team.directorate,
            sites=tuple(sorted({t.site for t in teams if t.site})),
            form=filled(invalid, {"site": team.site}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTeamPage(Page):
    template: ClassVar[str] = "organisation/close_team.html"
    who_sees: ClassVar[str] = "People who look after staff records in this part of the trust."

    team_id: int
    name: str
    directorate: str
    successors: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(cls, team: TeamRow, teams: list[TeamRow], invalid: Invalid | None) -> "CloseTeamPage":
        others = [row for row in teams if row.id != team.id]
        return cls(
            team_id=team.id,
            name=team.name,
            directorate=team.directorate,
            successors=team_options(others),
            form=filled(invalid, {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDirectoratePage(Page):
    template: ClassVar[str] = "organisation/open_directorate.html"
    who_sees: ClassVar[str] = "People who look after staff records in the whole trust."

    form: Filled

    @classmethod
    def of(cls, actor: Actor, today: date, invalid: Invalid | None = None) -> "OpenDirectoratePage":
        if not actor.reach(Permission.MANAGE_PEOPLE).trust:
            raise NotFoundError("directorate")
        return cls(form=filled(invalid, {"first": day(today)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTeamPage(Page):
    template: ClassVar[str] = "organisation/open_team.html"
    who_sees: ClassVar[str] = "People who look after staff records in this part of the trust."

    directorates: tuple[Option, ...]
    form: Filled

    @classmethod
    def of(cls, directorates: list[DirectorateRow], today: date, invalid: Invalid | None = None) -> "OpenTeamPage":
        return cls(
            directorates=tuple(Option(value=str(d.id), text=d.name) for d in directorates),
            form=filled(invalid, {"first": day(today)}),
        )
