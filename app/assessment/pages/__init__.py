"""What an attempt looks like: a question, both versions, the check, the result; and, for authors, the banks."""

from app.assessment.pages.banks import BankPage, BanksPage
from app.assessment.pages.check import CheckPage
from app.assessment.pages.question import QuestionPage
from app.assessment.pages.result import ResultPage
from app.assessment.pages.versions import StepTakenPage, TwoVersionsPage

__all__ = ["BankPage", "BanksPage", "CheckPage", "QuestionPage", "ResultPage", "StepTakenPage", "TwoVersionsPage"]
