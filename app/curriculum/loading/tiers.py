"""Tiers and competencies follow framework.yaml: added and renamed, never deleted, because people hold them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.curriculum.format import Framework
from app.curriculum.format import Tier as WrittenTier
from app.curriculum.models import Competency, CompetencyLevel, Judgement, Tier
from app.curriculum.rules import Audience
from app.kernel import audit
from app.kernel.db import ReadSession, WriteSession

Kept = Tier | Competency | CompetencyLevel | Judgement
Table = type[Any]


@dataclass(frozen=True, slots=True)
class _Written:
    """A row as the file has it: its key (as name and value), the number that the audit knows it by, what it says."""

    table: Table
    name: str
    key: tuple[str, str | int]
    number: int
    values: dict[str, Any]

    def changes(self, row: Kept | None) -> list[str]:
        return [name for name, value in self.values.items() if row is None or getattr(row, name) != value]


def tiers_differ(session: ReadSession, framework: Framework) -> bool:
    kept: dict[tuple[Table, str | int], Kept] = {}
    kept |= {(Tier, tier.slug): tier for tier in session.scalars(sa.select(Tier))}
    kept |= {(Competency, one.key): one for one in session.scalars(sa.select(Competency))}
    kept |= {(CompetencyLevel, one.level): one for one in session.scalars(sa.select(CompetencyLevel))}
    kept |= {(Judgement, one.key): one for one in session.scalars(sa.select(Judgement))}
    return any(one.changes(kept.get((one.table, one.key[1]))) for one in _written(framework))


def keep_tiers(session: WriteSession, framework: Framework, now: datetime) -> int:
    """Add what is new, rename what has changed, one audit event for each. Returns how many that were."""
    return sum(_keep(session, one, now) for one in _written(framework))


def _keep(session: WriteSession, written: _Written, now: datetime) -> bool:
    row: Kept | None = session.get(written.table, written.key[1])
    changed = written.changes(row)
    if not changed:
        return False
    if row is None:
        session.add(written.table(**dict([written.key]), **written.values))
    else:
        for name in changed:
            setattr(row, name, written.values[name])
    session.flush()
    action = f"{'change' if row else 'add'} {written.name}"
    entity: str = written.table.__tablename__
    audit.record(session, SYSTEM, action, entity, written.number, now=now, fields=tuple(changed))
    return True


def _written(framework: Framework) -> Iterator[_Written]:
    for tier in framework.tiers:
        yield _Written(Tier, "tier", ("slug", tier.slug), tier.position, _values(tier))
    for place, one in enumerate(framework.competencies, start=1):
        values = {"title": one.title, "summary": one.summary, "position": place}
        yield _Written(Competency, "competency", ("key", one.id), place, values)
    for level in framework.levels:
        values = {"name": level.name, "meaning": level.meaning}
        yield _Written(CompetencyLevel, "competency level", ("level", level.level), level.level, values)
    for place, judged in enumerate(framework.judgements, start=1):
        values = judged.model_dump(exclude={"id"}) | {"position": place}
        yield _Written(Judgement, "judgement", ("key", judged.id), place, values)


def _values(tier: WrittenTier) -> dict[str, Any]:
    return tier.model_dump(exclude={"slug", "release_hours", "path"}) | {
        "release_minutes": tier.release_minutes,
        "audience": Audience(tier.audience),
        "path": tier.path.model_dump() if tier.path else {},
    }
