"""Targets, the plan of a directorate, and time to learn."""

from app.planning.queries.hours import hours_asked, hours_given, hours_promised
from app.planning.queries.targets import TargetRow, open_targets

__all__ = ["TargetRow", "hours_asked", "hours_given", "hours_promised", "open_targets"]
