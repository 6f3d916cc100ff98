"""Tiers follow framework.yaml: added and renamed, never deleted, because people hold them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.curriculum.format import Framework
from app.curriculum.format import Tier as WrittenTier
from app.curriculum.models import Tier
from app.curriculum.rules import Audience
from app.kernel import audit
from app.kernel.db import ReadSession, WriteSession


def tiers_differ(session: ReadSession, framework: Framework) -> bool:
    known = {tier.slug: tier for tier in session.scalars(sa.select(Tier))}
    return any(_changes(known.get(tier.slug), _values(tier)) for tier in framework.tiers)


def keep_tiers(session: WriteSession, framework: Framework, now: datetime) -> int:
    """Add new tiers, rename changed ones, one audit event for each. Returns how many."""
    done = 0
    for written in framework.tiers:
        tier, values = session.get(Tier, written.slug), _values(written)
        changed = _changes(tier, values)
        if not changed:
            continue
        if tier is None:
            session.add(Tier(slug=written.slug, **values))
        else:
            for name in changed:
                setattr(tier, name, values[name])
        session.flush()
        action = "change tier" if tier else "add tier"
        audit.record(session, SYSTEM, action, "tier", written.position, now=now, fields=tuple(changed))
        done += 1
    return done


def _values(tier: WrittenTier) -> dict[str, Any]:
    return tier.model_dump(exclude={"slug", "release_hours"}) | {
        "release_minutes": tier.release_minutes,
        "audience": Audience(tier.audience),
    }


def _changes(tier: Tier | None, values: dict[str, Any]) -> list[str]:
    return [name for name, value in values.items() if tier is None or getattr(tier, name) != value]
