"""Every objective is measured: by a question, by work that people judge, or by a sign-off."""

from collections.abc import Mapping

from app.curriculum.checking.outcome import CheckedQuiz
from app.curriculum.checking.outline import Outline
from app.curriculum.format import Quizzed

JUDGED = {"task", "sign-off"}


def check_measured(outline: Outline, quizzes: Mapping[str, CheckedQuiz]) -> None:
    """Partners are not tested, a course that is not whole may still ask later, and an unreadable quiz may well ask."""
    course = outline.course
    named = {a.quiz for module in course.modules for a in module.activities if isinstance(a, Quizzed)}
    unread = named - {f"{name}.yaml" for name in quizzes}
    if course.audience != "staff" or course.status != "open" or unread:
        return
    asked = {question.objective for quiz in quizzes.values() for question in quiz.quiz.questions}
    judged = {
        objective
        for module in course.modules
        if any(activity.kind in JUDGED for activity in module.activities)
        for objective in module.objectives
    }
    for place, objective in enumerate(course.objectives):
        if objective.id not in asked | judged:
            message = f"nothing asks whether somebody can do what the objective '{objective.id}' says"
            remedy = "Write a question on it, or name it in a module with a task or a sign-off"
            outline.tell(("objectives", place), message, remedy)
