"""Quiz files: each question against the course and against its own kind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.curriculum.checking.outcome import CheckedQuestion, CheckedQuiz
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.shared import refuse_repeats
from app.curriculum.checking.wording import check_plain_words, check_wording
from app.curriculum.files import Shelf, SourceFile
from app.curriculum.format import Assessment, Question, Quiz, Quizzed, checked
from app.curriculum.kinds import Kinds, QuestionProblem
from app.curriculum.located import Document, dotted
from app.curriculum.problems import one_of_these
from app.curriculum.text import prepare_words

OWN_SOURCE = "course"
BANK = 2
"""An assessment's questions are at least so many times the number drawn, or tries would repeat themselves."""
MOST_LONGEST = 0.6
FEW_QUESTIONS = 3
PREDICATES = ("is ", "must ", "needs ", "takes ", "holds ", "does ", "says ", "stands ", "cannot ")
"""How a kind's message goes on from the name of its field. Any other is a sentence of its own."""


@dataclass(slots=True)
class Quizzes:
    """The quiz files of one course, checked as its activities name them."""

    outline: Outline
    shelf: Shelf
    kinds: Kinds
    folder: str
    read: dict[str, CheckedQuiz] = field(default_factory=dict)

    def check(self, activity: Quizzed, where: tuple[str | int, ...]) -> None:
        name = activity.quiz.removesuffix(".yaml")
        if name in self.read:
            remedy = "Write a quiz file of its own for each activity"
            self.outline.tell((*where, "quiz"), f"the quiz '{activity.quiz}' is used by two activities", remedy)
            return
        if not self.shelf.exists(self.folder, activity.quiz):
            remedy = "Add the file to the course's folder, or correct its name"
            self.outline.tell((*where, "quiz"), f"the file '{activity.quiz}' does not exist", remedy)
            return
        file = self.shelf.read(self.folder, activity.quiz)
        read = checked(Quiz, file, self.shelf.findings) if file else None
        if file is None or read is None:
            return
        quiz, document = read
        self.read[name] = _Reading(self.outline, self.kinds, file, document).quiz(quiz)
        if isinstance(activity, Assessment):
            self._check_bank(activity, quiz, where)

    def _check_bank(self, activity: Assessment, quiz: Quiz, where: tuple[str | int, ...]) -> None:
        bank = len(quiz.questions)
        asked = activity.drawn or bank
        if activity.blueprint:
            self._check_blueprint(activity, activity.blueprint, quiz, where)
        elif activity.draw and bank < BANK * activity.draw:
            message = f"'{activity.id}' draws {activity.draw} of {bank} questions"
            self.outline.tell((*where, "draw"), message, f"Write {BANK * activity.draw} questions, or draw fewer")
        if activity.pass_mark > asked:
            message = f"'{activity.id}' asks for {activity.pass_mark} right of {asked}"
            self.outline.tell((*where, "pass_mark"), message, f"Write {asked} or less")

    def _check_blueprint(
        self, activity: Assessment, blueprint: Mapping[str, int], quiz: Quiz, where: tuple[str | int, ...]
    ) -> None:
        held = Counter(question.objective for question in quiz.questions)
        known = {objective.id for objective in self.outline.course.objectives}
        if activity.draw not in (None, activity.drawn):
            message = (
                f"the blueprint of '{activity.id}' draws {activity.drawn} questions, and draw says {activity.draw}"
            )
            self.outline.tell((*where, "draw"), message, "Delete draw: the blueprint says how many")
        for objective, wanted in blueprint.items():
            place = (*where, "blueprint", objective)
            if objective not in known:
                self.outline.tell(place, f"unknown objective '{objective}'", one_of_these(objective, known))
            elif held[objective] < BANK * wanted:
                message = f"'{activity.id}' draws {wanted} of {held[objective]} questions on '{objective}'"
                self.outline.tell(place, message, f"Write {BANK * wanted} of them, or draw fewer")
        for objective in sorted(held.keys() - blueprint.keys()):
            message = f"no attempt draws the {held[objective]} questions on '{objective}'"
            self.outline.tell((*where, "blueprint"), message, f"Add {objective}: 1, or take the questions out")


@dataclass(frozen=True, slots=True)
class _Reading:
    outline: Outline
    kinds: Kinds
    file: SourceFile
    document: Document

    def quiz(self, quiz: Quiz) -> CheckedQuiz:
        wanted = self.file.name.rpartition("/")[2].removesuffix(".yaml")
        if quiz.id != wanted:
            self._tell(("id",), f"the id '{quiz.id}' is not the file's name", f"Write id: {wanted}")
        ids = [q.id for q in quiz.questions]
        refuse_repeats(self.outline.findings, self.file.name, self.document, ("questions",), ids, "question")
        check_plain_words(self.outline.findings, self.file, self.document)
        check_wording(self.outline.findings, self.file)
        self._check_lengths(quiz)
        questions = [self._question(place, q) for place, q in enumerate(quiz.questions)]
        return CheckedQuiz(quiz, tuple(q for q in questions if q))

    def _question(self, place: int, question: Question) -> CheckedQuestion | None:
        where: tuple[str | int, ...] = ("questions", place)
        self._check_references(where, question)
        stem = prepare_words(self.file.name, self._line((*where, "stem")), question.stem, self.outline.findings)
        why = prepare_words(
            self.file.name, self._line((*where, "explanation")), question.explanation, self.outline.findings
        )
        kind = self.kinds.get(question.kind)
        if kind is None:
            self._tell((*where, "kind"), f"unknown kind '{question.kind}'", one_of_these(question.kind, self.kinds))
            return None
        raw = question.model_dump()
        try:
            shown, marking = kind.split(raw)
        except QuestionProblem as problem:
            message = f"question '{question.id}': {_in_words(problem)}"
            remedy = f"Correct it as the guide shows for kind: {question.kind}"
            self._tell((*where, *dotted(problem.field)), message, remedy)
            return None
        sources = {s.id: s.text for s in self.outline.course.sources}
        said = {
            "stem": " ".join(" ".join(p.words for p in stem.passages).split()),
            "stem_html": stem.html,
            "objective": question.objective,
            "competency": question.competency,
            "difficulty": question.difficulty,
        }
        why_right = {"explanation_html": why.html, "source": sources.get(question.source, "")}
        return CheckedQuestion(
            key=question.id, kind=question.kind, raw=raw, shown={**shown, **said}, marking={**marking, **why_right}
        )

    def _check_references(self, where: tuple[str | int, ...], question: Question) -> None:
        course = self.outline.course
        known: dict[str, set[str]] = {
            "objective": {o.id for o in course.objectives},
            "competency": {c.id for c in self.outline.framework.competencies},
            "source": {s.id for s in course.sources} | {OWN_SOURCE},
        }
        for name, names in known.items():
            given = getattr(question, name)
            if given not in names:
                self._tell((*where, name), f"unknown {name} '{given}'", one_of_these(given, names))

    def _check_lengths(self, quiz: Quiz) -> None:
        """A quiz in which the longest answer is mostly the right one can be passed without reading it."""
        found = [
            longest for q in quiz.questions if q.kind == "single" and (longest := _right_is_longest(q)) is not None
        ]
        if len(found) >= FEW_QUESTIONS and sum(found) / len(found) > MOST_LONGEST:
            message = f"the right option is the longest in {sum(found)} of {len(found)} questions"
            self._tell(("questions",), message, "Shorten right options, or say more in wrong ones")

    def _line(self, where: tuple[str | int, ...]) -> int:
        return self.document.line(where)

    def _tell(self, where: tuple[str | int, ...], message: str, remedy: str) -> None:
        self.outline.findings.add(self.file.name, self._line(where), message, remedy)


def _in_words(problem: QuestionProblem) -> str:
    """`options.1.feedback` is `'feedback' of entry 2 of 'options'`: people count from one."""
    named = ""
    for part in dotted(problem.field):
        name = f"entry {part + 1}" if isinstance(part, int) else f"'{part}'"
        named = f"{name} of {named}" if named else name
    joined = "" if problem.message.startswith(PREDICATES) else ":"
    return f"{named}{joined} {problem.message}"


def _right_is_longest(question: Question) -> bool | None:
    """None when the options are not as they should be, which is another finding."""
    options: Any = question.own.get("options")
    try:
        right = max(len(o["text"]) for o in options if o.get("correct"))
        wrong = max(len(o["text"]) for o in options if not o.get("correct"))
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return right > wrong
