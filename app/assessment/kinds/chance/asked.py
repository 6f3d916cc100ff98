"""The lesson: single choices, some with one right option in the file, some whose right option this very run decides."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Id, Words, refuse_repeats
from app.assessment.kinds.contract import Part, Verdict
from app.curriculum.kinds import QuestionProblem


class Option(Content):
    """`when` names what the run must show for this option to be right."""

    id: Id
    text: Words
    feedback: Words
    correct: bool = False
    when: str | None = None


class Question(Content):
    id: Id
    ask: Words
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=5)]


Questions = Annotated[tuple[Question, ...], Field(min_length=1, max_length=6)]


def check_questions(questions: Sequence[Question], shows: Sequence[str]) -> None:
    """Raise QuestionProblem for a question without one right option in every run; `shows` is all a run may show."""
    refuse_repeats("questions", (question.id for question in questions))
    for place, question in enumerate(questions):
        where = f"questions.{place}.options"
        refuse_repeats(where, (option.id for option in question.options))
        correct = sum(option.correct for option in question.options)
        decided = [option.when for option in question.options if option.when is not None]
        if decided and (correct or sorted(decided) != sorted(shows)):
            raise QuestionProblem(where, f"where the run decides, one option each has `when:` {' and '.join(shows)}")
        if not decided and correct != 1:
            raise QuestionProblem(where, f"exactly one option needs `correct: true`, or two `when:`; {correct} has")


def shown_of(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return [{"id": q.id, "ask": q.ask, "options": [{"id": o.id, "text": o.text} for o in q.options]} for q in questions]


def marking_of(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return [
        {
            "id": q.id,
            "options": [{"id": o.id, "right": o.correct, "when": o.when, "feedback": o.feedback} for o in q.options],
        }
        for q in questions
    ]


def marked(
    shown: Sequence[Mapping[str, Any]], key: Sequence[Mapping[str, Any]], said: Mapping[str, str], shows: str, why: str
) -> list[tuple[bool, list[Part]]]:
    """For each question whether it is right, and its parts. `shows` is what this run shows, and `why` says it."""
    return [_question(q, k, said.get(q["id"]), shows, why) for q, k in zip(shown, key, strict=True)]


def _question(
    shown: Mapping[str, Any], key: Mapping[str, Any], chosen: str | None, shows: str, why: str
) -> tuple[bool, list[Part]]:
    texts = {option["id"]: option["text"] for option in shown["options"]}
    by_run = any(option["when"] is not None for option in key["options"])
    right = next(o["id"] for o in key["options"] if (o["when"] == shows if by_run else o["right"]))
    whys = {o["id"]: f"{why} {o['feedback']}" if by_run and o["id"] == right else o["feedback"] for o in key["options"]}

    def part(option: str, said: str, verdict: Verdict) -> Part:
        return Part(text=f"{shown['ask']} – {texts[option]}", said=said, verdict=verdict, why=whys[option])

    if chosen == right:
        return True, [part(right, "Your answer: right", Verdict.RIGHT)]
    key_part = part(right, "The right answer", Verdict.MISSED)
    if chosen not in texts:
        return False, [key_part]
    return False, [part(str(chosen), "Your answer: not right", Verdict.WRONG), key_part]
