"""Questions of an import: what is known of staff now, and what the trust decided before."""

from app.intake.queries.foreseeing import foreseen
from app.intake.queries.kept import kept_columns, kept_decisions, last_import
from app.intake.queries.picture import moved_mark, picture
from app.intake.queries.waiting import WaitingRow, untold, waiting

__all__ = [
    "WaitingRow",
    "foreseen",
    "kept_columns",
    "kept_decisions",
    "last_import",
    "moved_mark",
    "picture",
    "untold",
    "waiting",
]
