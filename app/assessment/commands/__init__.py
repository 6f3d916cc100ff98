"""Start, save, hand in: all that can be done to an attempt."""

from app.assessment.commands.save import HandedInError, OtherVersionError, SaveAnswer, Saved, save_answer
from app.assessment.commands.start import StartAttempt, start_attempt
from app.assessment.commands.submit import SubmitAttempt, submit_attempt

__all__ = [
    "HandedInError",
    "OtherVersionError",
    "SaveAnswer",
    "Saved",
    "StartAttempt",
    "SubmitAttempt",
    "save_answer",
    "start_attempt",
    "submit_attempt",
]
