"""Deeds on records that may be one person: merged, taken apart again, or judged to be two people."""

from app.intake.commands.merging.judging import JudgeTwo, judge_two, take_back_judgement
from app.intake.commands.merging.merge import MergePeople, merge_people
from app.intake.commands.merging.undo import UndoMerge, undo_merge

__all__ = [
    "JudgeTwo",
    "MergePeople",
    "UndoMerge",
    "judge_two",
    "merge_people",
    "take_back_judgement",
    "undo_merge",
]
