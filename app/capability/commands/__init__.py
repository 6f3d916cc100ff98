"""What people decide about levels: set a need, take it back, ask, answer, keep; and what the calendar asks."""

from app.capability.commands.asking import AskForLevel, DecideRequest, ask_for_level, decide_request
from app.capability.commands.deciding import SetNeeds, set_needs
from app.capability.commands.keeping import (
    ChangeSelection,
    MakeSelection,
    RemoveSelection,
    RemoveView,
    SaveView,
    change_selection,
    make_selection,
    remove_selection,
    remove_view,
    save_view,
)
from app.capability.commands.reminding import remind
from app.capability.commands.rule_checks import BeginRule
from app.capability.commands.ruling import EndRule, Ran, begin_rule, end_rule, previewed, previewed_end
from app.capability.commands.running import run_rules
from app.capability.commands.starters import RequireForStarter, require_for_starter, welcome_starter
from app.capability.commands.telling import tell_of_month
from app.capability.commands.undoing import UndoDecision, undo_decision
from app.capability.rules import Cell

__all__ = [
    "AskForLevel",
    "BeginRule",
    "Cell",
    "ChangeSelection",
    "DecideRequest",
    "EndRule",
    "MakeSelection",
    "Ran",
    "RemoveSelection",
    "RemoveView",
    "RequireForStarter",
    "SaveView",
    "SetNeeds",
    "UndoDecision",
    "ask_for_level",
    "begin_rule",
    "change_selection",
    "decide_request",
    "end_rule",
    "make_selection",
    "previewed",
    "previewed_end",
    "remind",
    "remove_selection",
    "remove_view",
    "require_for_starter",
    "run_rules",
    "save_view",
    "set_needs",
    "tell_of_month",
    "undo_decision",
    "welcome_starter",
]
