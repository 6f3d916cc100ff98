"""Which part of the trust somebody may read about, and what a statement is narrowed to for it."""

import sqlalchemy as sa

from app.access.actor import Actor, ScopeKind
from app.access.permissions import Permission
from app.kernel.db import table
from app.kernel.errors import NotFoundError
from app.organisation.models import Team
from app.oversight.rules.figures import TRUST, Report
from app.oversight.rules.withholding import for_board

_team = table(Team)


def check_reach(actor: Actor, permission: Permission, directorate_id: int) -> None:
    """Raises NotFoundError for a directorate, or for the TRUST, that this permission does not reach as a whole."""
    reach = actor.reach(permission)
    scope = ScopeKind.TRUST if directorate_id == TRUST else ScopeKind.DIRECTORATE
    if not reach.covers(scope, directorate_id or None):
        raise NotFoundError("directorate")


def names_people(actor: Actor, directorate_id: int) -> bool:
    """Whether they may read names there: whoever leads it, and the QI team. The board reads numbers alone."""
    scope = ScopeKind.TRUST if directorate_id == TRUST else ScopeKind.DIRECTORATE
    return actor.reach(Permission.SEE_CAPABILITY).covers(scope, directorate_id or None)


def told(actor: Actor, whole: Report) -> Report:
    """What somebody reads who may not read names everywhere in it: of what they lead, all."""
    return for_board(
        whole, frozenset(one.directorate_id for one in whole.parts if names_people(actor, one.directorate_id))
    )


def within(directorate_id: int) -> sa.ColumnElement[bool]:
    """Whether a row of table(Team) lies in that directorate, or anywhere in the TRUST."""
    return sa.true() if directorate_id == TRUST else _team.c.directorate_id == directorate_id
