"""Start, save, hand in: all that can be done to an attempt. And to what a person has beyond others."""

from app.assessment.commands.adjust import EndAdjustment, GrantAdjustment, end_adjustment, grant_adjustment
from app.assessment.commands.save import (
    HandedInError,
    OtherVersionError,
    SaveAnswer,
    Saved,
    TimeUpError,
    save_answer,
)
from app.assessment.commands.start import StartAttempt, start_attempt
from app.assessment.commands.submit import HandInOverdue, SubmitAttempt, hand_in_overdue, submit_attempt

__all__ = [
    "EndAdjustment",
    "GrantAdjustment",
    "HandInOverdue",
    "HandedInError",
    "OtherVersionError",
    "SaveAnswer",
    "Saved",
    "StartAttempt",
    "SubmitAttempt",
    "TimeUpError",
    "end_adjustment",
    "grant_adjustment",
    "hand_in_overdue",
    "save_answer",
    "start_attempt",
    "submit_attempt",
]
