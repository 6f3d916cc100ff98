"""The ids that an import's new rows will have, known before it begins."""

from sqlmodel import SQLModel

from app.intake.models import StaffImport
from app.intake.rules.lines import LeaveAsked, LineKind
from app.intake.rules.plan import Plan
from app.organisation.models import Directorate, Employment, LongLeave, Person, Team

NUMBERED = (Person, Employment, Directorate, Team, LongLeave, StaffImport)
"""The tables whose new rows others name, so that their ids are known beforehand."""


def numbers_needed(plan: Plan) -> dict[type[SQLModel], int]:
    """How many new rows of each numbered table a plan makes."""
    teams = plan.new_teams
    return {
        Person: plan.counts[LineKind.JOINER],
        Employment: sum(line.begun is not None for line in plan.lines),
        Directorate: len({team.directorate for team in teams if isinstance(team.directorate, str)}),
        Team: len(teams),
        LongLeave: sum(isinstance(line.leave, LeaveAsked) for line in plan.lines),
        StaffImport: 1,
    }
