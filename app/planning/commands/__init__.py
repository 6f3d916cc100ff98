"""Targets are set, time to learn is asked for and answered, and a lead plans anew."""

from app.planning.commands.answering import AnswerRelease, answer_release
from app.planning.commands.asking import AskReleases, ask_every_team, ask_releases
from app.planning.commands.merging import MergeDirectorates, merge_directorates
from app.planning.commands.replanning import Replan, replan
from app.planning.commands.targets import NewTarget, SetTargets, set_targets, touched

__all__ = [
    "AnswerRelease",
    "AskReleases",
    "MergeDirectorates",
    "NewTarget",
    "Replan",
    "SetTargets",
    "answer_release",
    "ask_every_team",
    "ask_releases",
    "merge_directorates",
    "replan",
    "set_targets",
    "touched",
]
