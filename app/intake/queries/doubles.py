"""Pairs of staff records that may be one person: found set by set, whatever the size of the trust."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, PersonKind
from app.accounts.models import Credential, SignInSession
from app.intake.models import TwoPeople
from app.intake.queries.obstacles import whole_trust
from app.intake.rules.doubles import KnownPost, Record
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, table
from app.kernel.names import folded
from app.organisation.models import Directorate, Employment, Person, Team

PAGE = 25
NUMBER, ADDRESS, TEAM, MANAGER, ROLE, GROUP = 20, 20, 4, 3, 2, 1
"""How much each signal weighs in the order of the list: the strongest pairs first."""

_post, _team, _directorate = table(Employment), table(Team), table(Directorate)
_account, _session, _two = table(Credential), table(SignInSession), table(TwoPeople)
_person = table(Person)
_one, _other = _person.alias("one"), _person.alias("other")
_a, _b = _post.alias("a"), _post.alias("b")


@dataclass(frozen=True, slots=True)
class Pair:
    one: Record
    other: Record


def _pairs() -> sa.Subquery:
    """Every pair with its weight. Patient partners, merged records and pairs judged to be two people are none."""
    number = sa.select(
        _a.c.person_id.label("one_id"), _b.c.person_id.label("other_id"), sa.literal(NUMBER).label("weight")
    ).join(_b, sa.and_(_b.c.employee_number == _a.c.employee_number, _b.c.person_id > _a.c.person_id))
    ids = (_account.c.person_id, _person.c.id)
    address = (
        sa.select(sa.case((ids[0] < ids[1], ids[0]), else_=ids[1]), sa.case((ids[0] < ids[1], ids[1]), else_=ids[0]))
        .add_columns(sa.literal(ADDRESS))
        .join(_person, sa.and_(_person.c.email_key == _account.c.username_key, ids[0] != ids[1]))
    )
    same_name = sa.and_(_other.c.sort_key == _one.c.sort_key, _other.c.id > _one.c.id)
    alike = (
        (_a.c.team_id == _b.c.team_id, TEAM),
        (_a.c.manager_id == _b.c.manager_id, MANAGER),
        (sa.func.lower(_a.c.job_role) == sa.func.lower(_b.c.job_role), ROLE),
        (_a.c.staff_group == _b.c.staff_group, GROUP),
    )
    name = (
        sa.select(_one.c.id, _other.c.id, sa.case(*alike))
        .select_from(_one)
        .join(_other, same_name)
        .join(_a, _a.c.person_id == _one.c.id)
        .join(_b, _b.c.person_id == _other.c.id)
        .where(sa.or_(*(condition for condition, _ in alike)))
    )
    every = sa.union(number, address, name).subquery("every")
    judged = sa.exists().where(_two.c.first_id == every.c.one_id, _two.c.second_id == every.c.other_id)
    return (
        sa.select(every.c.one_id, every.c.other_id, sa.func.sum(every.c.weight).label("weight"))
        .join(_one, sa.and_(_one.c.id == every.c.one_id, _one.c.kind == PersonKind.STAFF))
        .join(_other, sa.and_(_other.c.id == every.c.other_id, _other.c.kind == PersonKind.STAFF))
        .where(~judged, _one.c.merged_into_id.is_(None), _other.c.merged_into_id.is_(None))
        .group_by(every.c.one_id, every.c.other_id)
        .subquery("pairs")
    )


def doubles(session: ReadSession, actor: Actor, words: str, page: int) -> tuple[list[Pair], int]:
    """One page of pairs, what speaks loudest first, and how many there are. Raises NotFoundError for part of a trust.

    `words` are of either name, or either's employee number.
    """
    whole_trust(actor)
    pairs = _pairs()
    wanted = sa.select(pairs.c.one_id, pairs.c.other_id, sa.func.count().over().label("total"))
    if words:
        wanted = wanted.where(sa.or_(*(pairs.c[side].in_(_named(words)) for side in ("one_id", "other_id"))))
    wanted = wanted.order_by(pairs.c.weight.desc(), pairs.c.one_id, pairs.c.other_id)
    rows = session.execute(wanted.limit(PAGE).offset((max(page, 1) - 1) * PAGE)).all()
    found = records(session, {row.one_id for row in rows} | {row.other_id for row in rows})
    return [Pair(found[row.one_id], found[row.other_id]) for row in rows], rows[0].total if rows else 0


def _named(words: str) -> sa.Select[Any]:
    in_name = sa.and_(sa.true(), *(_person.c.sort_key.contains(w, autoescape=True) for w in folded(words).split()))
    number = sa.select(_post.c.person_id).where(_post.c.employee_number == words)
    return sa.select(_person.c.id).where(sa.or_(in_name if folded(words) else sa.false(), _person.c.id.in_(number)))


def records(session: ReadSession, person_ids: Collection[int]) -> dict[int, Record]:
    """These people as records that can be told apart. Whoever calls has asked who may see them. Three statements."""
    posts, signed_in = _posts(session, person_ids), _signed_in(session, person_ids)
    wanted = sa.select(
        _person.c.id, _person.c.name, _person.c.list_name, _person.c.email_key, _account.c.username_key
    ).outerjoin(_account, _account.c.person_id == _person.c.id)
    return {
        row.id: Record(
            row.id, row.name, row.list_name, row.email_key, row.username_key, tuple(posts[row.id]), signed_in[row.id]
        )
        for row in session.execute(wanted.where(_person.c.id.in_(person_ids)))
    }


def _posts(session: ReadSession, person_ids: Collection[int]) -> dict[int, list[KnownPost]]:
    wanted = (
        sa.select(
            _post.c.person_id,
            _post.c.employee_number,
            _post.c.team_id,
            _team.c.name,
            _directorate.c.name,
            _post.c.job_role,
            _post.c.staff_group,
            _post.c.manager_id,
            _post.c.sponsor_id,
            _post.c.is_primary,
            _post.c.starts_on,
            _post.c.ends_on,
        )
        .join(_team, _team.c.id == _post.c.team_id)
        .join(_directorate, _directorate.c.id == _team.c.directorate_id)
        .where(_post.c.person_id.in_(person_ids))
        .order_by(_post.c.starts_on, _post.c.id)
    )
    found: dict[int, list[KnownPost]] = defaultdict(list)
    for person_id, *post in session.execute(wanted):
        found[person_id].append(KnownPost(*post))
    return found


def _signed_in(session: ReadSession, person_ids: Collection[int]) -> dict[int, tuple[date, ...]]:
    wanted = sa.select(_session.c.person_id, _session.c.began_at, _session.c.seen_at)
    found: dict[int, set[date]] = defaultdict(set)
    for person_id, began_at, seen_at in session.execute(wanted.where(_session.c.person_id.in_(person_ids))):
        found[person_id] |= {london_date(began_at), london_date(seen_at)}
    return defaultdict(tuple, {person_id: tuple(sorted(days)) for person_id, days in found.items()})
