"""What is asked about attempts: one's own, and, as counts only, how good a bank of questions is.

Adjustments are asked for in whole by those who grant them alone; attempts learn only what they come to.
"""

from app.assessment.queries.adjustments import Adjusted, AdjustmentRow, adjustments, arranged_between, leeway
from app.assessment.queries.attempts import (
    LARGEST_ID,
    Asked,
    Explained,
    Sitting,
    Tried,
    against_the_key,
    explained,
    sitting,
    sitting_of,
    tries,
    tries_left,
)
from app.assessment.queries.banks import Bank, Banked, bank, banks
from app.assessment.queries.beginning import Beginning, beginning, newest_enrolment
from app.assessment.queries.gains import Compared, Comparison, comparison, comparisons
from app.assessment.queries.overdue import overdue

__all__ = [
    "LARGEST_ID",
    "Adjusted",
    "AdjustmentRow",
    "Asked",
    "Bank",
    "Banked",
    "Beginning",
    "Compared",
    "Comparison",
    "Explained",
    "Sitting",
    "Tried",
    "adjustments",
    "against_the_key",
    "arranged_between",
    "bank",
    "banks",
    "beginning",
    "comparison",
    "comparisons",
    "explained",
    "leeway",
    "newest_enrolment",
    "overdue",
    "sitting",
    "sitting_of",
    "tries",
    "tries_left",
]
