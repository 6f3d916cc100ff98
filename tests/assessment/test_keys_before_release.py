"""Nobody learns what is right, or what became of an answer, before the attempt has been handed in.

Named after what went wrong elsewhere: CVE-2021-32473, then CVE-2021-40695 (a mark that was not out yet, through another
address, twice within a year) and CVE-2025-32045 (marks that were not out yet, counted in reports).
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from app.access.permissions import Role
from app.assessment.kinds import KINDS
from app.assessment.kinds.contract import AnswerProblem, StepTakenError
from app.assessment.models import Attempt
from tests.assessment.course import SLUG, Learner, write_courses
from tests.assessment.posting import posted_for
from tests.assessment.questions import EVERY, IN_STEPS, RIGHT, SECRETS, WRONG
from tests.client import HouseClient, document
from tests.world import World

OURS_TO_SAY = {"correct", "why-", "step-1", "step-2"}
"""Also words of our own: fields of a plan and of asking for a level, and the buttons of the two days of beads."""
KEYS = [secret for secret in SECRETS if secret not in OURS_TO_SAY] + ["step-3", "step-4"]
REASONS = {"why-all-in-all", *re.findall(r"why-[a-z0-9-]+", json.dumps(EVERY))}
"""What is said of each answer of each question once it is marked."""
FRAGMENTS: tuple[dict[str, str], ...] = (
    {},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Target": "saved"},
    {"HX-Target": "div#main"},
)
JSON = {"Content-Type": "application/json", "Accept": "application/json"}
STEPS = {"chance": ("step",), "pdsa": ("run", "keep")}
TOKEN = re.compile(r"\b[0-9a-f]{10}\b")


@pytest.fixture
def learner(world: World, tmp_path: Path) -> Learner:
    """Somebody on a course whose practice has a question of every kind there is."""
    world.load_courses(write_courses(tmp_path / "courses", kinds=list(EVERY)))
    return Learner(world, world.hire("Ann", "O'Neill").id)


@pytest.fixture
def browser(world: World, learner: Learner) -> HouseClient:
    return world.client(learner.person_id)


def addresses(attempt: Attempt) -> Iterator[str]:
    for number in range(1, len(attempt.questions) + 1):
        yield f"/attempts/{attempt.id}/questions/{number}"
    for page in ("check", "result", "submit"):
        yield f"/attempts/{attempt.id}/{page}"
    yield from (f"/courses/{SLUG}", f"/courses/{SLUG}/counting", f"/activities/{SLUG}/try-it/start")
    yield from ("/my-skills", "/my-record", "/question-banks", f"/question-banks/{SLUG}/try-it")


def forms(learner: Learner, attempt: Attempt) -> Iterator[tuple[str, dict[str, Any]]]:
    """Right, wrong and senseless answers to each question, and steps taken in and out of turn."""
    for asked in learner.sitting(attempt).asked:
        address = f"/attempts/{attempt.id}/questions/{asked.number}"
        for answers in (RIGHT, WRONG):
            if asked.kind in answers:
                yield address, posted_for(KINDS[asked.kind], answers[asked.kind], asked.seed)
        yield address, {"answer": "nonsense", "order": "x", "match-x": "y", "vital": "z", "point-0": "w", "point": "q"}
        for number in range(1, 4):
            for press in STEPS.get(asked.kind, ()):
                yield address, _step(number, press)


def _step(number: int, press: str) -> dict[str, str]:
    fields = {"predicted": "5", "why": "a thought", "points": "4", "amount": "1", "side": "above", "act": "adopt"}
    typed = {f"{name}-{number}": value for name, value in fields.items()}
    return typed | {f"plan-{number}": "open", f"study-{number}": "open", "stay": f"{press}-{number}"}


def test_every_kind_there_is_stands_in_these_tests() -> None:
    assert set(EVERY) == set(KINDS)


@pytest.mark.slow
def test_no_byte_of_any_answer_gives_a_key_away_before_release(browser: HouseClient, learner: Learner) -> None:
    """CVE-2021-32473, CVE-2021-40695: by whatever address, method, fragment or kind of body one asks."""
    attempt, heard = learner.start("try-it"), b""
    browser.checks = False

    def hear(answer: Any) -> None:
        nonlocal heard
        assert answer.status_code < 500
        heard += answer.content + repr(sorted(answer.headers.items())).encode()

    for address in addresses(attempt):
        for headers in FRAGMENTS:
            hear(browser.get(address, headers=headers))
        hear(browser.get(address, headers=JSON))
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE"):
            hear(browser.request(method, address))
        if not address.endswith("/start"):
            hear(browser.post(address, json={"version": 0, "seen": 0, "answer": "x"}))
            hear(browser.post(address, data={"version": "99", "seen": "99"}))
    for address, data in forms(learner, attempt):
        for version in ("0", "99"):
            for headers in FRAGMENTS[::2]:
                hear(browser.post(address, data=data | {"version": version}, headers=headers))
        hear(browser.get(address))
    hear(browser.get(f"/attempts/{attempt.id}/check"))
    assert not learner.sitting(attempt).handed_in
    assert len(heard) > 1_000_000
    assert [key for key in KEYS if key.encode() in heard] == []
    assert [reason for reason in REASONS if reason.encode() in heard] == []
    assert str(learner.sitting(attempt).asked[0].seed).encode() not in heard, "chance could be computed from its seed"
    result = browser.follow(browser.submit(browser.get(f"/attempts/{attempt.id}/check"), "/submit"))
    assert len([reason for reason in REASONS if reason in result.text]) > 30, (
        "a search that finds nothing must be able to find something"
    )


OTHER_KEYS: dict[str, Callable[[Any], None]] = {
    "single": lambda raw: _other_option(raw["options"]),
    "multiple": lambda raw: raw["options"][2].update(correct=True),
    "ordering": lambda raw: raw["items"].reverse(),
    "matching": lambda raw: raw["pairs"][0].update(right="right-2"),
    "numeric": lambda raw: raw.update(answer=28),
    "measures": lambda raw: raw["measures"][0].update(types=["outcome", "process"]),
    "plot": lambda raw: raw.update(tolerance=0.25),
    "chance": lambda raw: _other_option(raw["questions"][0]["options"]),
}
"""The same question with another answer. The other kinds are marked by the chart engine, by rules, or by both."""


def _other_option(options: list[dict[str, Any]]) -> None:
    for option in options:
        if option.pop("correct", False):
            right = option
    next(option for option in options if option is not right)["correct"] = True


@pytest.mark.parametrize("name", OTHER_KEYS)
def test_what_pages_are_made_from_is_the_same_whatever_the_answer_is(name: str) -> None:
    """CVE-2021-40695: what is not in a page's own data, no template and no new address can let out."""
    other = copy.deepcopy(EVERY[name])
    OTHER_KEYS[name](other)
    shown, marking = KINDS[name].split(EVERY[name])
    shown_too, marking_too = KINDS[name].split(other)
    assert marking != marking_too
    assert shown == shown_too


def _without_lots(view: Any) -> list[str]:
    """The words of a page, without its drawn names and in no order: what another seed must not change."""
    return sorted(re.findall(r"[\w.]+", TOKEN.sub("", repr(asdict(view)))))


@pytest.mark.parametrize("name", EVERY)
def test_a_page_holds_nothing_that_chance_has_yet_to_bring(name: str) -> None:
    """The next test of a ward, the next day of the beads: two attempts that did the same so far look the same."""
    kind, seeds = KINDS[name], ("7:which", "8:which")
    shown, _ = kind.split(EVERY[name])
    assert _without_lots(kind.page(shown, None, seeds[0])) == _without_lots(kind.page(shown, None, seeds[1]))
    if name in IN_STEPS:
        for answer in _taken_so_far(name, shown, seeds[0]):
            first, other = (_without_lots(kind.page(shown, answer, seed)) for seed in seeds)
            assert first == other
            assert kind.in_words(shown, answer) == kind.in_words(shown, answer)


def _taken_so_far(name: str, shown: Any, seed: str) -> list[Any]:
    """The answer after each step that can be taken."""
    found: list[Any] = [None]
    for number in range(1, 3):
        for press in ("step", "run", "keep"):
            posted = {field: [value] for field, value in _step(number, press).items()} | {f"signal-{number}": ["no"]}
            change = re.findall(r"value='([0-9a-f]{10})'", repr(KINDS[name].page(shown, found[-1], seed)))
            posted |= {f"change-{number}": change[:1]}
            if press == "run":
                posted.pop(f"study-{number}")
            else:
                posted.pop(f"plan-{number}")
            try:
                found.append(KINDS[name].read(shown, posted, seed, found[-1]))
            except (AnswerProblem, StepTakenError):
                continue
    assert len({repr(answer) for answer in found}) > 2, "nothing was ever taken"
    return found


def test_another_seed_brings_other_data_so_that_the_test_above_could_fail() -> None:
    shown, _ = KINDS["chance"].split(EVERY["chance"])
    taken = [KINDS["chance"].read(shown, {"stay": ["step-1"]}, seed, None) for seed in ("7:which", "8:which")]
    pages = [_without_lots(KINDS["chance"].page(shown, answer, "7:which")) for answer in taken]
    assert pages[0] != pages[1]


@pytest.mark.slow
def test_answers_that_are_not_handed_in_count_in_no_report_of_anybody(world: World, learner: Learner) -> None:
    """CVE-2025-32045: records, grids, figures of banks and exports are the same before and after."""
    lead, hr, author = world.lead(), world.with_role(Role.HR), world.with_role(Role.QI_ADMIN)
    attempt = learner.start()
    pages = [
        (learner.person_id, "/my-record"), (learner.person_id, "/my-skills"), (learner.person_id, f"/courses/{SLUG}"),
        (lead.id, "/teams"), (lead.id, f"/teams/people/{learner.person_id}"), (hr.id, "/evidence"),
        (hr.id, f"/evidence/people/{learner.person_id}"), (hr.id, "/evidence/trust"),
        (author.id, "/question-banks"), (author.id, f"/question-banks/{SLUG}/check"),
    ]  # fmt: skip
    clients = {person: world.client(person) for person, _ in pages}

    def seen() -> list[str]:
        return [document(clients[person].get(address)).text for person, address in pages]

    before = seen()
    for asked in learner.sitting(attempt).asked:
        learner.save(attempt, asked.key, RIGHT[asked.kind])
    assert seen() == before
    learner.hand_in(attempt)
    assert seen() != before, "what is handed in and passed is seen: the comparison can fail"


@pytest.mark.slow
def test_who_did_not_pass_is_known_to_nobody_else(world: World, learner: Learner) -> None:
    """CVE-2025-32045 again: not as a mark, not as a try that was used."""
    lead, hr = world.lead(), world.with_role(Role.HR)
    pages = [(lead.id, "/teams"), (lead.id, f"/teams/people/{learner.person_id}"), (hr.id, "/evidence"),
             (hr.id, f"/evidence/people/{learner.person_id}")]  # fmt: skip
    learner.start()

    def seen() -> list[str]:
        return [document(world.client(person).get(address)).text for person, address in pages]

    before = seen()
    for _ in range(3):
        learner.take(right=2)
    assert seen() == before
