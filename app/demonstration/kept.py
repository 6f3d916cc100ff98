"""What a lead keeps for themselves: a view that they come back to each week, and the people of one piece of work."""

from collections.abc import Sequence
from datetime import datetime

from app.access.actor import Actor
from app.capability.commands import MakeSelection, SaveView, make_selection, save_view
from app.demonstration.trust import Member
from app.kernel.db import WriteSession

LINK_PEOPLE = 8


def keep(session: WriteSession, lead: Actor, people: Sequence[Member], now: datetime) -> None:
    chosen = frozenset(m.person_id for m in people[:LINK_PEOPLE])
    behind = {"team": "all", "level": "pocket-qi", "decided": "required", "sort": "state.pocket-qi"}
    save_view(session, lead, SaveView("Pocket QI, furthest behind first", behind), now)
    differs = {"grid": "skills", "team": "all", "show": "differs"}
    save_view(session, lead, SaveView("Skills we see differently", differs), now)
    make_selection(session, lead, MakeSelection("Link people for falls", chosen), now)
