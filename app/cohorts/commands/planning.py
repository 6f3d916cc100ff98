"""One cohort or a series of them is planned, changed or dropped. Each has its own audit event, with what was before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.cohorts.models import Cohort, CohortDirectorate
from app.cohorts.queries import CohortRow, cohort_by_id, open_directorates
from app.cohorts.rules import MOST_IN_A_SERIES, REASON_LENGTH, CohortState, problems_with, series
from app.curriculum.queries import tiers
from app.curriculum.rules import Audience
from app.curriculum.views import TierView
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import WriteSession, table
from app.kernel.errors import BadInputError, NotAllowedError, RuleBrokenError, StaleError
from app.kernel.names import tidy

_cohort, _for = table(Cohort), table(CohortDirectorate)
TITLE_LENGTH = 120
FIELDS = ("title", "starts_on", "ends_on", "places", "directorates", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """When a cohort is, how many places it has and for whom: directorate → places kept for it, None for any."""

    starts_on: date
    ends_on: date
    places: int
    kept: tuple[tuple[int, int | None], ...] = ()
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCohorts:
    """One cohort; with `until`, another every so many months, the last beginning no later than that day."""

    tier: str
    wanted: Wanted
    until: date | None = None
    every_months: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCohort:
    """`seen` is the version that was open while it was changed (`CohortRow.seen`)."""

    cohort_id: int
    seen: str
    wanted: Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCohort:
    cohort_id: int
    reason: str


def plan_cohorts(session: WriteSession, actor: Actor, command: PlanCohorts, now: datetime) -> list[Cohort]:
    """Plan all or none. Raises BadInputError by field."""
    _may_plan(actor)
    tier, days = _checked(session, actor, command, now)
    long = command.wanted.ends_on - command.wanted.starts_on
    made = []
    for starts_on in days:
        title = tidy(command.wanted.title) or f"{tier.title}, {starts_on:%B %Y}"
        cohort = Cohort(
            tier=tier.slug,
            title=title,
            starts_on=starts_on,
            ends_on=starts_on + long,
            places=command.wanted.places,
            planned_by_id=actor.person_id,
            planned_at=now,
            note=tidy(command.wanted.note),
        )
        session.add(cohort)
        session.flush()
        _keep(session, cohort.id, command.wanted.kept)
        audit.record(session, actor, "plan cohort", "cohort", cohort.id, now=now, fields=("tier", *FIELDS))
        made.append(cohort)
    return made


def change_cohort(session: WriteSession, actor: Actor, command: ChangeCohort, now: datetime) -> bool:
    """Change what was planned; what it was before stays in the audit log. False when it was all so already.

    Raises BadInputError by field, RuleBrokenError for one that was dropped, StaleError when somebody changed it first.
    """
    _may_plan(actor)
    before = _held_still(session, command.cohort_id)
    wanted = command.wanted
    if before.state is CohortState.DROPPED:
        raise RuleBrokenError("This cohort was dropped. Plan a new one instead.")
    changed = _changes(before, wanted)
    if not changed:
        return False
    if command.seen != before.seen:
        raise StaleError("Somebody changed this cohort since you opened it.")
    _check(session, actor, wanted, now, before)
    session.execute(
        sa.update(_cohort)
        .where(_cohort.c.id == before.id)
        .values(
            title=tidy(wanted.title) or before.title,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            places=wanted.places,
            note=tidy(wanted.note),
        )
    )
    session.execute(sa.delete(_for).where(_for.c.cohort_id == before.id))
    _keep(session, before.id, wanted.kept)
    audit.record(session, actor, "change cohort", "cohort", before.id, now=now, changed=changed)
    return True


def drop_cohort(session: WriteSession, actor: Actor, command: DropCohort, now: datetime) -> None:
    """It will not take place. Twice is once. Raises BadInputError without a reason."""
    _may_plan(actor)
    before, reason = _held_still(session, command.cohort_id), tidy(command.reason)
    if not reason or len(reason) > REASON_LENGTH:
        raise BadInputError({"reason": f"Write why it will not take place, in at most {REASON_LENGTH} characters"})
    if before.state is CohortState.DROPPED:
        return
    gone = {"state": CohortState.DROPPED, "dropped_at": now, "why_dropped": reason}
    session.execute(sa.update(_cohort).where(_cohort.c.id == before.id).values(**gone))
    audit.record(session, actor, "drop cohort", "cohort", before.id, now=now, changed={"why_dropped": ("", reason)})


def _may_plan(actor: Actor) -> None:
    if not actor.may(Permission.PLAN_COHORTS):
        raise NotAllowedError("The QI team plans cohorts.")


def _held_still(session: WriteSession, cohort_id: int) -> CohortRow:
    """Two who change one cohort wait for each other (on SQLite all writers do)."""
    session.execute(sa.select(_cohort.c.id).where(_cohort.c.id == cohort_id).with_for_update()).all()
    return cohort_by_id(session, cohort_id)


def _checked(
    session: WriteSession, actor: Actor, command: PlanCohorts, now: datetime
) -> tuple[TierView, Sequence[date]]:
    errors = _problems(session, actor, command.wanted, now)
    tier = next((t for t in tiers(session) if t.slug == command.tier and t.audience is not Audience.AUTHOR), None)
    if tier is None:
        errors["tier"] = "Choose the level"
    days: list[date] = [command.wanted.starts_on]
    if command.until is not None:
        errors |= _problems_with_series(command)
        days = [] if errors else list(series(command.wanted.starts_on, command.until, command.every_months))
        if len(days) > MOST_IN_A_SERIES:
            errors["until"] = f"That is more than {MOST_IN_A_SERIES} cohorts. Choose an earlier day"
    if errors or tier is None:
        raise BadInputError(errors)
    return tier, days


def _problems_with_series(command: PlanCohorts) -> dict[str, str]:
    if command.until is not None and command.until < command.wanted.starts_on:
        return {"until": "The series must not end before its first day"}
    return {} if 1 <= command.every_months <= 12 else {"every_months": "Choose how often"}  # noqa: PLR2004  a year


def _check(session: WriteSession, actor: Actor, wanted: Wanted, now: datetime, before: CohortRow) -> None:
    """A cohort that has begun may keep its first day."""
    errors = _problems(session, actor, wanted, now, before.by_directorate)
    if wanted.starts_on == before.starts_on:
        errors.pop("starts_on", None)
    if errors:
        raise BadInputError(errors)


def _problems(
    session: WriteSession, actor: Actor, wanted: Wanted, now: datetime, kept: Collection[int] = ()
) -> dict[str, str]:
    """`kept` are directorates that it is for already: one that is closed by now may stay."""
    today = london_date(now)
    errors = problems_with(wanted.starts_on, wanted.ends_on, wanted.places, dict(wanted.kept), today)
    for name, text, most in (("title", wanted.title, TITLE_LENGTH), ("note", wanted.note, REASON_LENGTH)):
        if len(tidy(text)) > most:
            errors[name] = f"Write at most {most} characters. You have {len(tidy(text))}"
    known = {d.id for d in open_directorates(session, actor, today)} | set(kept)
    if not known.issuperset(directorate_id for directorate_id, _ in wanted.kept):
        errors["kept"] = "Choose directorates from the list"
    if any(number is not None and number < 1 for _, number in wanted.kept):
        errors["kept"] = "Keep at least one place for a directorate, or leave its number empty"
    return errors


def _keep(session: WriteSession, cohort_id: int, kept: Sequence[tuple[int, int | None]]) -> None:
    session.add_all(CohortDirectorate(cohort_id=cohort_id, directorate_id=d, places=places) for d, places in kept)
    session.flush()


def _changes(before: CohortRow, wanted: Wanted) -> dict[str, tuple[str | None, str | None]]:
    now = (
        tidy(wanted.title) or before.title,
        wanted.starts_on,
        wanted.ends_on,
        wanted.places,
        _said(dict(wanted.kept)),
        tidy(wanted.note),
    )
    was = (
        before.title,
        before.starts_on,
        before.ends_on,
        before.places,
        _said(before.by_directorate),
        before.note,
    )
    pairs = zip(FIELDS, map(str, was), map(str, now), strict=True)
    return {name: (old, new) for name, old, new in pairs if old != new}


def _said(kept: dict[int, int | None]) -> str:
    """Which directorates, by id, with the places kept for each."""
    return ", ".join(f"{i}: {kept[i] or 'any'}" for i in sorted(kept))
