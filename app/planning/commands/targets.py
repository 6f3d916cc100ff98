"""The QI team sets targets: each supersedes the one before it, and a number left empty ends it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.capability.queries.standings import matrix_tiers
from app.kernel import audit
from app.kernel.clock import london_date
from app.kernel.db import ReadSession, WriteSession, table
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.kernel.names import tidy
from app.organisation.models import Directorate
from app.organisation.queries import directorates
from app.organisation.rules import STAFF_GROUPS
from app.planning.models import Target
from app.planning.queries.plans import years_from
from app.planning.queries.targets import TargetRow, open_targets, seen_targets
from app.planning.rules import REASON_LENGTH, TargetKind, problems_with_target

_target, _directorate = table(Target), table(Directorate)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTarget:
    """What a target should be; `value` None: none. `seen` is the id of the one that it replaces, 0 for none.

    `field` is where the form has its number.
    """

    tier: str
    staff_group: str = ""
    kind: TargetKind = TargetKind.PER_CENT
    value: float | None = None
    seen: int = 0
    field: str = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargets:
    directorate_id: int
    year: int
    targets: tuple[NewTarget, ...]
    reason: str = ""


def set_targets(session: WriteSession, actor: Actor, command: SetTargets, now: datetime) -> int:
    """Set all or none, and say how many changed. What is so already is left as it is.

    Raises NotFoundError for a directorate or year that no page offers, BadInputError by field, and StaleError when
    somebody set one of them since it was seen.
    """
    today = london_date(now)
    reached = directorates(session, actor, Permission.SET_TARGETS, today)
    if command.directorate_id not in {d.id for d in reached} or command.year not in years_from(today):
        raise NotFoundError("directorate")
    session.execute(
        sa.select(_directorate.c.id).where(_directorate.c.id == command.directorate_id).with_for_update(key_share=True)
    ).all()
    known = {(t.tier, t.staff_group): t for t in open_targets(session, [command.directorate_id], command.year)}
    changing = [new for new in touched(session, command) if _differs(new, known.get((new.tier, new.staff_group)))]
    _check(session, command, changing)
    if any(new.seen != _id(known.get((new.tier, new.staff_group))) for new in changing):
        raise StaleError("Somebody set one of these targets since you opened the page.")
    for new in changing:
        _set(session, actor, command, new, known.get((new.tier, new.staff_group)), now)
    return len(changing)


def touched(session: ReadSession, command: SetTargets) -> list[NewTarget]:
    """What somebody meant to change. A line that says what its target said when it was seen was left alone."""
    ids = {new.seen for new in command.targets}
    seen = seen_targets(session, command.directorate_id, command.year, ids)
    return [new for new in command.targets if not _left_alone(new, seen.get(new.seen))]


def _left_alone(new: NewTarget, seen: TargetRow | None) -> bool:
    if seen is None:
        return new.value is None and not new.seen
    was = (seen.tier, seen.staff_group, seen.kind, seen.value)
    return (new.tier, new.staff_group, new.kind, new.value) == was


def _differs(new: NewTarget, open_one: TargetRow | None) -> bool:
    if new.value is None or open_one is None:
        return (new.value is None) != (open_one is None)
    return (new.kind, new.value) != (open_one.kind, open_one.value)


def _id(open_one: TargetRow | None) -> int:
    return open_one.id if open_one else 0


def _check(session: WriteSession, command: SetTargets, changing: list[NewTarget]) -> None:
    known, errors = {t.slug for t in matrix_tiers(session)}, dict[str, str]()
    for new in changing:
        if new.tier not in known or new.staff_group not in ("", *STAFF_GROUPS):
            errors["tier"] = "Choose a level and a staff group from the lists"
        elif new.value is not None and (wrong := problems_with_target(new.kind, new.value)):
            errors[new.field] = wrong
    pairs = [(new.tier, new.staff_group) for new in command.targets]
    if len(set(pairs)) != len(pairs):
        errors["tier"] = "This level and staff group have a target already: change it in its own line"
    reason = tidy(command.reason)
    if changing and not reason:
        errors["reason"] = "Write why, in a sentence. Leads read it"
    if len(reason) > REASON_LENGTH:
        errors["reason"] = f"Write at most {REASON_LENGTH} characters. You have {len(reason)}"
    if errors:
        raise BadInputError(errors)


def _set(
    session: WriteSession, actor: Actor, command: SetTargets, new: NewTarget, before: TargetRow | None, now: datetime
) -> None:
    if before is not None:
        session.execute(sa.update(_target).where(_target.c.id == before.id).values(superseded_at=now))
    if new.value is None:
        assert before is not None, "what is not there cannot be ended"
        audit.record(session, actor, "end target", "target", before.id, now=now, fields=("value",))
        return
    made = Target(
        directorate_id=command.directorate_id,
        tier=new.tier,
        year=command.year,
        kind=new.kind,
        value=new.value,
        staff_group=new.staff_group,
        reason=tidy(command.reason),
        set_by_id=actor.person_id,
        set_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "set target", "target", made.id, now=now, fields=("kind", "value", "reason"))
