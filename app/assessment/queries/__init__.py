"""What is asked about attempts: one's own, and, as counts only, how good a bank of questions is."""

from app.assessment.queries.attempts import (
    LARGEST_ID,
    Asked,
    Explained,
    Sitting,
    Tried,
    against_the_key,
    explained,
    sitting,
    tries,
    tries_left,
)
from app.assessment.queries.banks import Bank, Banked, bank, banks
from app.assessment.queries.gains import Compared, Comparison, comparison, comparisons

__all__ = [
    "LARGEST_ID",
    "Asked",
    "Bank",
    "Banked",
    "Compared",
    "Comparison",
    "Explained",
    "Sitting",
    "Tried",
    "against_the_key",
    "bank",
    "banks",
    "comparison",
    "comparisons",
    "explained",
    "sitting",
    "tries",
    "tries_left",
]
