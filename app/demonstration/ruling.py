"""A lead lets a rule ask: whoever leads a service of the directorate, and whoever comes to lead one later."""

from dataclasses import replace
from datetime import datetime

from app.access.actor import Actor
from app.capability.commands import BeginRule, begin_rule, previewed
from app.capability.need_rules import By, Conditions, DueFrom
from app.kernel.clock import london_date
from app.kernel.db import WriteSession

SENIORS = Conditions(band_from="8a")
WHY = "Those who lead a service coach the teams that improve it"


def seniors_are_asked(lead: Actor, directorate_id: int, session: WriteSession, now: datetime) -> None:
    """Band 8a and above, within a year of the day on which the rule reaches them."""
    command = BeginRule(
        name="Band 8a and above",
        tier="qi-coach",
        directorate_id=directorate_id,
        team_id=None,
        conditions=SENIORS,
        by=By(DueFrom.REACHED, many=12),
        why=WHY,
        starts_on=london_date(now),
    )
    _, shown = previewed(session, lead, command, now)
    begin_rule(session, lead, replace(command, mark=shown.mark), now)
