"""Deeds of learning: joining a course, doing an activity, holding a level, keeping words of one's own."""

from app.learning.commands.asking_again import ask_again
from app.learning.commands.awards import (
    ApplyAward,
    GrantAward,
    Lapse,
    WithdrawAward,
    apply_award,
    grant_award,
    withdraw_award,
)
from app.learning.commands.by_rule import enrol_by_rule, take_off
from app.learning.commands.editions import MoveLearners, confirm_move, follow_editions, move_learners
from app.learning.commands.enrolling import Enrol, enrol, enrol_starter
from app.learning.commands.ideas import ReplyToIdea, reply_to_idea
from app.learning.commands.notes import RateConfidence, SaveNote, SaveSteps, rate_confidence, save_note, save_steps
from app.learning.commands.outcomes import RecordOutcome, TakeBackOutcome, record_outcome, take_back_outcome
from app.learning.commands.reading import FinishReading, KeepPlace, finish_reading, keep_place

__all__ = [
    "ApplyAward",
    "Enrol",
    "FinishReading",
    "GrantAward",
    "KeepPlace",
    "Lapse",
    "MoveLearners",
    "RateConfidence",
    "RecordOutcome",
    "ReplyToIdea",
    "SaveNote",
    "SaveSteps",
    "TakeBackOutcome",
    "WithdrawAward",
    "apply_award",
    "ask_again",
    "confirm_move",
    "enrol",
    "enrol_by_rule",
    "enrol_starter",
    "finish_reading",
    "follow_editions",
    "grant_award",
    "keep_place",
    "move_learners",
    "rate_confidence",
    "record_outcome",
    "reply_to_idea",
    "save_note",
    "save_steps",
    "take_back_outcome",
    "take_off",
    "withdraw_award",
]
