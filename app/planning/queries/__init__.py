"""Targets, the plan of a directorate, and time to learn."""

from app.planning.queries.targets import TargetRow, open_targets

__all__ = ["TargetRow", "open_targets"]
