"""Deeds about people, posts, teams and directorates: the same for a form, an import and the demonstration."""

from app.organisation.commands.away import (
    EndLeave,
    RecordLeave,
    RemoveLeave,
    end_leave,
    record_leave,
    remove_leave,
)
from app.organisation.commands.leaving import EndEmployment, end_employment
from app.organisation.commands.moving import Move, move
from app.organisation.commands.partners import ChangePartner, WelcomePartner, change_partner, welcome_partner
from app.organisation.commands.staff import Hire, Rejoin, hire, rejoin
from app.organisation.commands.structure import (
    CloseTeam,
    OpenDirectorate,
    OpenTeam,
    SetSite,
    close_team,
    open_directorate,
    open_team,
    set_site,
)

__all__ = [
    "ChangePartner",
    "CloseTeam",
    "EndEmployment",
    "EndLeave",
    "Hire",
    "Move",
    "OpenDirectorate",
    "OpenTeam",
    "RecordLeave",
    "Rejoin",
    "RemoveLeave",
    "SetSite",
    "WelcomePartner",
    "change_partner",
    "close_team",
    "end_employment",
    "end_leave",
    "hire",
    "move",
    "open_directorate",
    "open_team",
    "record_leave",
    "rejoin",
    "remove_leave",
    "set_site",
    "welcome_partner",
]
