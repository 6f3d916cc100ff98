"""What an attempt looks like: a question, both versions of an answer, all answers to check, the result."""

from app.assessment.pages.check import CheckPage
from app.assessment.pages.question import QuestionPage
from app.assessment.pages.result import ResultPage
from app.assessment.pages.versions import TwoVersionsPage

__all__ = ["CheckPage", "QuestionPage", "ResultPage", "TwoVersionsPage"]
