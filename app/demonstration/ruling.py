"""A lead lets rules ask: whoever leads a service of the directorate, and whoever manages somebody, now or later."""

from dataclasses import replace
from datetime import datetime

from app.access.actor import Actor
from app.capability.commands import BeginRule, begin_rule, previewed
from app.capability.need_rules import By, Conditions, DueFrom
from app.kernel.clock import london_date
from app.kernel.db import WriteSession

SENIORS, MANAGERS = Conditions(band_from="8a"), Conditions(manages=True)
RULES = (
    ("Band 8a and above", "qi-coach", SENIORS, 12, "Those who lead a service coach the teams that improve it"),
    ("Whoever manages somebody", "pocket-qi", MANAGERS, 6, "Managers try changes together with their teams"),
)
"""Name, level, whom it is about, months from the day on which it reaches them, and why."""


def rules_are_set(lead: Actor, directorate_id: int, session: WriteSession, now: datetime) -> None:
    """One for a level whose cohorts give places, and one that puts people on a course which they begin themselves."""
    for name, tier, conditions, months, why in RULES:
        command = BeginRule(
            name=name,
            tier=tier,
            directorate_id=directorate_id,
            team_id=None,
            conditions=conditions,
            by=By(DueFrom.REACHED, many=months),
            why=why,
            starts_on=london_date(now),
        )
        _, shown = previewed(session, lead, command, now)
        begin_rule(session, lead, replace(command, mark=shown.mark), now)
