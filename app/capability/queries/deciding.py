"""The cells that somebody chose, as they stand now: what a preview shows, and what a save is checked against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.models import NeedRule, Requirement
from app.capability.queries.standings import AsAt, matrix_tiers, standings
from app.capability.rule_wording import rule_words
from app.capability.rules import HELD, Cell, Need, PauseReason, Standing, Terms
from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.errors import NotFoundError
from app.organisation.models import Directorate, Employment, Person, Team
from app.organisation.queries import people_condition

_person, _employment, _team = table(Person), table(Employment), table(Team)
_requirement = table(Requirement)
_setter = _person.alias("setter")
_rule, _place, _rule_team = table(NeedRule), table(Directorate).alias("place"), _team.alias("rule_team")
_home = table(Directorate).alias("home")


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds for a cell now, and who decided it when."""

    requirement_id: int
    need: Need
    due: date | None
    pause_reason: PauseReason | None
    reason: str
    set_by: str
    decided_at: datetime
    rule: str = ""
    """The rule “Band 8a and above” of Medicine, when a rule asked."""

    @property
    def by(self) -> str:
        """Who or what decided."""
        return self.rule or self.set_by

    @property
    def terms(self) -> Terms:
        return Terms(self.need, self.due, self.pause_reason, self.reason)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One chosen cell: whose it is, what holds now, and whether that is what was seen."""

    cell: Cell
    list_name: str
    name: str
    has_email: bool
    team: str
    leaves_on: date | None
    tier: TierView
    standing: Standing
    decided: Decided | None

    @property
    def stale(self) -> bool:
        return self.standing.seen != self.cell.seen

    def changes_to(self, terms: Terms) -> bool:
        """Whether deciding so changes anything. What a rule asks becomes a lead's own decision."""
        return self.decided is None or bool(self.decided.rule) or self.decided.terms != terms

    @property
    def held(self) -> bool:
        return self.standing.progress.state in HELD


def chosen(session: ReadSession, actor: Actor, cells: Sequence[Cell], now: datetime) -> list[Chosen]:
    """These cells, each once, by tier and name. Raises NotFoundError when one is missing or out of reach."""
    today = london_date(now)
    wanted = {(c.person_id, c.tier): c for c in cells}
    shown = matrix_tiers(session)
    by_slug = {t.slug: t for t in shown}
    people = sa.select(_person.c.id).where(_person.c.id.in_({c.person_id for c in cells}))
    known = standings(session, people, AsAt.of(today, now), shown)
    rows = {
        row.id: row
        for row in session.execute(
            sa.select(_person, _team.c.name.label("team"), _employment.c.ends_on.label("leaves_on"))
            .select_from(_employment)
            .join(_team, _team.c.id == _employment.c.team_id)
            .join(_person, _person.c.id == _employment.c.person_id)
            .where(_person.c.id.in_(people), people_condition(actor, Permission.SET_NEED, today))
        )
    }
    if any(c.person_id not in rows or c.tier not in by_slug for c in cells):
        raise NotFoundError("cell")
    decided = open_decisions(session, people)
    places = {t.slug: i for i, t in enumerate(shown)}
    ordered = sorted(wanted.values(), key=lambda c: (places[c.tier], rows[c.person_id].sort_key, c.person_id))
    return [
        Chosen(
            cell=cell,
            list_name=rows[cell.person_id].list_name,
            name=rows[cell.person_id].name,
            has_email=rows[cell.person_id].email is not None,
            team=rows[cell.person_id].team,
            leaves_on=rows[cell.person_id].leaves_on,
            tier=by_slug[cell.tier],
            standing=known.of(cell.person_id)[places[cell.tier]],
            decided=decided.get((cell.person_id, cell.tier)),
        )
        for cell in ordered
    ]


def newest(session: ReadSession, actor: Actor, person_id: int, tier: str, now: datetime) -> Chosen:
    """One cell as it stands now, seen as such. Raises NotFoundError when it is missing or out of reach."""
    [found] = chosen(session, actor, [Cell(person_id, tier, 0)], now)
    return replace(found, cell=found.cell._replace(seen=found.standing.seen))


def open_decisions(session: ReadSession, people: sa.Select[tuple[int]]) -> dict[tuple[int, str], Decided]:
    """What holds now for these people, by person and tier, with who decided it."""
    r = _requirement.c
    rows = session.execute(
        sa.select(
            r.person_id, r.tier, r.id, r.need, r.due, r.pause_reason, r.reason, _setter.c.name, r.decided_at, *BY_RULE
        )
        .select_from(with_rule(_requirement.join(_setter, _setter.c.id == r.set_by_id)))
        .where(r.person_id.in_(people), r.superseded_at.is_(None))
    )
    return {(row[0], row[1]): _decided(row) for row in rows}


def _decided(row: sa.Row[Any]) -> Decided:
    values: list[Any] = [*row[2:-3], said_by_rule(row[-3:])]
    return Decided(*values)


BY_RULE = (_rule.c.name, sa.func.coalesce(_place.c.name, _home.c.name), _rule_team.c.name)
"""Of a requirement `with_rule`: the columns that `said_by_rule` takes."""


def with_rule(requirements: sa.FromClause) -> sa.FromClause:
    """Beside each requirement the rule that asked, its directorate and its team; nothing where a lead decided."""
    return (
        requirements.outerjoin(_rule, _rule.c.id == _requirement.c.rule_id)
        .outerjoin(_place, _place.c.id == _rule.c.directorate_id)
        .outerjoin(_rule_team, _rule_team.c.id == _rule.c.team_id)
        .outerjoin(_home, _home.c.id == _rule_team.c.directorate_id)
    )


def said_by_rule(columns: Sequence[str | None]) -> str:
    """The words for a rule, of the columns `BY_RULE`; empty where no rule asked."""
    name, directorate, team = columns
    return rule_words(name, directorate or "", team or "") if name is not None else ""


def terms_of(session: ReadSession, requirement_ids: Sequence[int]) -> dict[int, Terms]:
    """What these decisions said, even if they no longer hold. Ask `chosen` first: this looks at no reach."""
    r = _requirement.c
    rows = session.execute(sa.select(r.id, r.need, r.due, r.pause_reason, r.reason).where(r.id.in_(requirement_ids)))
    return {row[0]: Terms(*row[1:]) for row in rows}
