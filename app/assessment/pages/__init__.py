"""What an attempt looks like: before it, a question, both versions, the check, the end.

For authors the banks and their keys, and for those who grant them the adjustments.
"""

from app.assessment.pages.adjustments import AdjustmentsPage
from app.assessment.pages.banks import BankPage, BanksPage
from app.assessment.pages.before import BeforePage
from app.assessment.pages.check import CheckPage
from app.assessment.pages.gains import GainPage
from app.assessment.pages.key import KeyPage
from app.assessment.pages.question import QuestionPage
from app.assessment.pages.result import ResultPage
from app.assessment.pages.time_up import TimeUpPage
from app.assessment.pages.versions import StepTakenPage, TwoVersionsPage

__all__ = [
    "AdjustmentsPage",
    "BankPage",
    "BanksPage",
    "BeforePage",
    "CheckPage",
    "GainPage",
    "KeyPage",
    "QuestionPage",
    "ResultPage",
    "StepTakenPage",
    "TimeUpPage",
    "TwoVersionsPage",
]
