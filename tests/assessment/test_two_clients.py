"""One attempt, two browsers, and all that people and networks do to it, at random, over every exercise there is.

What a window sends is what its page has: fields are filled and buttons pressed as the page offers them. Beside it runs
a small model: what the server acknowledged is what is there, versions only rise, and the last answers are marked.
"""

from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from hypothesis import Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.access.permissions import Role
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import Answer, AnswerProblem, StepTakenError
from app.curriculum.queries import questions
from app.kernel.config import ROOT
from tests.assessment.course import Learner
from tests.assessment.filling import Page
from tests.client import HouseClient, document
from tests.world import World

AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}
QUIZZES = sorted(file.stem for file in (ROOT / "courses" / "gallery").glob("try-*.yaml"))
FIVE_SHORT = ("try-why-everyone", "try-first-small-step")
windows = st.integers(0, 1)


@dataclass
class Window:
    client: HouseClient
    pages: dict[int, Page] = field(default_factory=dict)
    seen: int | None = None
    """What the check page had counted when this window opened it."""
    signed_in: bool = True


def _taken(answer: Answer) -> list[Any]:
    """The steps of an answer that is given in steps: what was planned and what came back."""
    if not isinstance(answer, dict):
        return []
    return [(one["plan"], one["data"]) for one in answer.get("cycles", ())] or answer.get("steps", [])


@dataclass(frozen=True)
class Sent:
    attempt_id: int
    number: int
    fields: dict[str, list[str]]
    auto: bool


class TwoClients(RuleBasedStateMachine):
    world: World
    quizzes: tuple[tuple[str, str], ...]

    @initialize(which=st.integers(0, 99))
    def begin(self, which: int) -> None:
        course, self.quiz = self.quizzes[which % len(self.quizzes)]
        self.person = self.world.with_role(Role.QI_ADMIN).id
        self.learner = Learner(self.world, self.person, course)
        self.windows = [Window(self.world.client(self.person)) for _ in range(2)]
        self.sent: list[Sent] = []
        for window in self.windows:
            window.client.checks = False
        self._start(self.windows[0])

    def _start(self, window: Window) -> None:
        answer = window.client.post(f"/activities/{self.learner.slug}/{self.quiz}/start")
        self.attempt_id = int(answer.headers["location"].split("/")[2])
        self.asked = self._sitting().asked
        self.kept: dict[int, tuple[Answer, int]] = {a.number: (None, 0) for a in self.asked}
        self.handed_in = False
        for one in self.windows:
            one.seen = None

    def _sitting(self) -> Any:
        return self.learner.sitting(type("Of", (), {"id": self.attempt_id})())

    def _address(self, number: int) -> str:
        return f"/attempts/{self.attempt_id}/questions/{number}"

    def _at(self, which: int) -> int:
        return which % len(self.asked) + 1

    def _post(self, window: Window, sent: Sent) -> httpx2.Response:
        self.sent.append(sent)
        address = f"/attempts/{sent.attempt_id}/questions/{sent.number}"
        answer = window.client.post(address, data=sent.fields, headers=AUTOSAVE if sent.auto else {})
        assert answer.status_code < 500
        return answer

    def _send(self, window: Window, sent: Sent) -> None:
        """Post, and hold the answer against what the model expects of it."""
        answer = self._post(window, sent)
        if not window.signed_in:
            assert answer.headers.get("location") == "/sign-in" or answer.status_code == 401 or sent.auto
            return
        if sent.attempt_id != self.attempt_id or self.handed_in:
            assert answer.headers["location"] == f"/attempts/{sent.attempt_id}/result"
            return
        value, version = self.kept[sent.number]
        asked = self.asked[sent.number - 1]
        try:
            wanted = KINDS[asked.kind].read(asked.shown, sent.fields, asked.seed, value)
        except AnswerProblem:
            assert answer.status_code == AnswerProblem.status
            return
        except StepTakenError:
            assert document(answer).h1 == "This step has already been taken"
            return
        if wanted == value:
            assert answer.status_code in {200, 303}
        elif int(sent.fields["version"][0]) != version and version:
            assert document(answer).h1 == "You have two answers to this question"
            window.pages[sent.number] = Page.of(document(answer), sent.number, self._address(sent.number))
            return
        else:
            assert answer.status_code in {200, 303}
            self.kept[sent.number] = (wanted, version + 1)
            assert _taken(wanted)[: len(_taken(value))] == _taken(value), "a step that was taken was taken again"
        self._acknowledged(window, sent, answer)

    def _acknowledged(self, window: Window, sent: Sent, answer: httpx2.Response) -> None:
        """An autosave tells the page its version; a button leads to a page that has it."""
        version = str(self.kept[sent.number][1])
        if sent.auto:
            assert f'data-version="{version}"' in answer.text
            window.pages[sent.number].fields = sent.fields | {"version": [version]}
        else:
            window.pages.pop(sent.number, None)

    def _open(self, window: Window, number: int) -> None:
        answer = window.client.get(self._address(number))
        if not window.signed_in:
            assert answer.headers["location"].startswith("/sign-in")
        elif self.handed_in:
            assert answer.headers["location"].endswith("/result")
        else:
            window.pages[number] = Page.of(document(answer), number, self._address(number))

    @rule(window=windows, which=st.integers(0, 9))
    def open_a_question(self, window: int, which: int) -> None:
        self._open(self.windows[window], self._at(which))

    @rule(window=windows, which=st.integers(0, 9), data=st.data(), auto=st.booleans())
    def answer_it(self, window: int, which: int, data: st.DataObject, auto: bool) -> None:
        """By itself, or with one of the buttons of the page: on, back, or a step."""
        here, number = self.windows[window], self._at(which)
        if number not in here.pages:
            self._open(here, number)
        if number not in here.pages:
            return
        page = here.pages[number]
        fields = page.filled(data)
        buttons = page.buttons or [("then", "on")]
        buttons = buttons[: data.draw(st.sampled_from((1, len(buttons))), "of so many")]
        name, value = ("stay", "here") if auto else data.draw(st.sampled_from(buttons), "button")
        self._send(here, Sent(self.attempt_id, number, fields | {name: [value]}, auto))

    @rule(window=windows, which=st.integers(0, 9))
    def clear_it(self, window: int, which: int) -> None:
        here, number = self.windows[window], self._at(which)
        if number in here.pages:
            page = here.pages[number]
            empty = {name: values for name, values in page.fields.items() if name not in page.choices}
            empty |= {name: [""] for name in page.texts}
            self._send(here, Sent(self.attempt_id, number, empty | {"stay": ["here"]}, auto=True))

    @precondition(lambda self: self.sent)
    @rule(window=windows, which=st.integers(0, 60))
    def go_back_and_send_something_old_again(self, window: int, which: int) -> None:
        old = self.sent[which % len(self.sent)]
        here = self.windows[window]
        if not old.auto or old.number in here.pages:
            self._send(here, old)

    @rule(window=windows)
    def check_the_answers(self, window: int) -> None:
        here = self.windows[window]
        answer = here.client.get(f"/attempts/{self.attempt_id}/check")
        if here.signed_in and not self.handed_in:
            form = next(f for f in document(answer).forms if f.action.endswith("/submit"))
            here.seen = int(form.fields["seen"][0])
            assert here.seen == sum(version for _, version in self.kept.values())

    @precondition(lambda self: any(window.seen is not None for window in self.windows))
    @rule(window=windows)
    def hand_in(self, window: int) -> None:
        here = self.windows[window]
        if here.seen is None:
            return
        answer = here.client.post(f"/attempts/{self.attempt_id}/submit", data={"seen": here.seen})
        if not here.signed_in:
            assert answer.headers["location"].startswith("/sign-in")
        elif not self.handed_in and here.seen != sum(version for _, version in self.kept.values()):
            assert answer.status_code == 409
        else:
            assert answer.headers["location"].endswith("/result")
            self.handed_in = True
            self._is_marked_by_the_last_answers()

    @rule(window=windows, which=st.integers(0, 9), data=st.data(), between=st.booleans())
    def check_and_hand_in(self, window: int, which: int, data: st.DataObject, between: bool) -> None:
        """As people mostly do it, now and then with an answer from the other window in between."""
        self.check_the_answers(window)
        if between:
            self.answer_it(1 - window, which, data, auto=True)
        self.hand_in(window)

    def _is_marked_by_the_last_answers(self) -> None:
        sitting = self._sitting()
        with self.world.db.read() as session:
            bank = {q.key: q for q in questions(session, sitting.course.revision_id, sitting.activity.quiz)}
        kinds = [(KINDS[a.kind], a.shown, bank[a.key].marking, self.kept[a.number][0]) for a in self.asked]
        assert sitting.right == sum(kind.mark(shown, key, answer).right for kind, shown, key, answer in kinds)

    @precondition(lambda self: self.handed_in)
    @rule(window=windows)
    def begin_again(self, window: int) -> None:
        if self.windows[window].signed_in:
            self._start(self.windows[window])

    @rule(window=windows, which=st.integers(0, 9), data=st.data())
    def sign_out_and_in_again(self, window: int, which: int, data: st.DataObject) -> None:
        """What is sent in between changes nothing."""
        here = self.windows[window]
        here.client.post("/sign-out")
        here.signed_in = False
        self.answer_it(window, which, data, auto=True)
        self.check_and_hand_in(window, which, data, between=False)
        token = self.world.sign_in(self.person)
        here.client.cookies.clear()
        here.client.cookies.set("qi_session", token, domain=here.client.base_url.host, path="/")
        here.signed_in = True

    @invariant()
    def what_was_acknowledged_is_there(self) -> None:
        if hasattr(self, "kept"):
            sitting = self._sitting()
            assert {a.number: (a.answer, a.version) for a in sitting.asked} == self.kept
            assert sitting.handed_in is self.handed_in


@pytest.mark.slow
@pytest.mark.parametrize("quiz", [("gallery", quiz) for quiz in QUIZZES] + [("induction", quiz) for quiz in FIVE_SHORT],
                         ids=lambda quiz: quiz[1])  # fmt: skip
def test_what_the_server_acknowledged_is_there_whatever_two_browsers_do(world: World, quiz: tuple[str, str]) -> None:
    world.load_courses()
    machine = type("Driven", (TwoClients,), {"world": world, "quizzes": (quiz,)})
    usual = hypothesis_settings()
    # A shorter example is not worth the minutes: thirty steps can be read.
    phases = (Phase.explicit, Phase.generate)
    some = hypothesis_settings(
        usual, max_examples=max(3, usual.max_examples // 8), stateful_step_count=30, phases=phases
    )
    run_state_machine_as_test(machine, settings=some)
