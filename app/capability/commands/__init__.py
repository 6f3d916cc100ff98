"""What people decide about levels: set a need, take it back, ask, answer; and what the calendar asks."""

from app.capability.commands.asking import AskForLevel, DecideRequest, ask_for_level, decide_request
from app.capability.commands.deciding import SetNeeds, set_needs
from app.capability.commands.reminding import remind
from app.capability.commands.starters import RequireForStarter, require_for_starter, welcome_starter
from app.capability.commands.telling import tell_of_month
from app.capability.commands.undoing import UndoDecision, undo_decision
from app.capability.rules import Cell

__all__ = [
    "AskForLevel",
    "Cell",
    "DecideRequest",
    "RequireForStarter",
    "SetNeeds",
    "UndoDecision",
    "ask_for_level",
    "decide_request",
    "remind",
    "require_for_starter",
    "set_needs",
    "tell_of_month",
    "undo_decision",
    "welcome_starter",
]
