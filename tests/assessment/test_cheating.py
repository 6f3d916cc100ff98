"""What somebody tries who wants to pass without knowing, or to see what is another's.

Each test is named after what it promises; its words name the fault that other learning platforms published.
"""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.assessment.kinds import KINDS
from app.assessment.models import Attempt, AttemptAnswer
from app.evidence.models import Certificate
from app.kernel.db import table
from app.learning.models import Award, Enrolment, Outcome
from tests.assessment.course import PARTNER_SLUG, SLUG, Learner, write_courses
from tests.assessment.posting import posted_for
from tests.assessment.questions import RIGHT, WRONG
from tests.client import HouseClient, document
from tests.world import World

AUTOSAVE = {"HX-Request": "true", "HX-Target": "saved"}
FRAGMENTS: tuple[dict[str, str], ...] = (
    {},
    {"HX-Request": "true"},
    AUTOSAVE,
    {"HX-Request": "true", "HX-Target": "div#saved"},
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@pytest.fixture
def browser(world: World, learner: Learner) -> HouseClient:
    return world.client(learner.person_id)


def addresses(attempt_id: int) -> list[str]:
    pages = [f"/attempts/{attempt_id}/{page}" for page in ("check", "submit", "result")]
    return [*pages, *(f"/attempts/{attempt_id}/questions/{number}" for number in (0, 1, 5, 6))]


def fields(learner: Learner, attempt: Attempt, number: int, answers: dict[str, Any]) -> dict[str, Any]:
    asked = learner.sitting(attempt).question(number)
    return posted_for(KINDS[asked.kind], answers[asked.kind], asked.seed) | {"version": str(asked.version)}


def rows(world: World, *models: type) -> list[int]:
    with world.db.read() as session:
        return [session.scalar(sa.select(sa.func.count()).select_from(table(model))) or 0 for model in models]


@pytest.mark.slow
def test_another_ones_attempt_is_not_there_by_any_method_or_fragment(world: World, learner: Learner) -> None:
    """CVE-2024-43431, CVE-2025-26531, CVE-2024-48899: an id that is somebody else's. CVE-2025-62397: and no other
    answer than for an id that nobody has.
    """
    attempt = learner.start()
    learner.save(attempt, attempt.questions[0], "x")
    before = learner.sitting(attempt)
    body = {"version": "0", "seen": "1", "answer": "x"}
    for person in (world.hire(), world.lead(), world.with_role("hr"), world.with_role("qi_admin"), world.partner("Bo")):
        other = world.client(person)
        other.checks = False
        for theirs, nobodys in zip(addresses(attempt.id), addresses(99_999), strict=True):
            for method in METHODS:
                for headers in FRAGMENTS if method in {"GET", "POST"} else FRAGMENTS[:1]:
                    sent: dict[str, Any] = {"data": body} if method in {"POST", "PUT", "PATCH"} else {}
                    answers = [other.request(method, where, headers=headers, **sent) for where in (theirs, nobodys)]
                    assert answers[0].status_code in {404, 405}
                    assert len({(a.status_code, document(a).text if a.text else "") for a in answers}) == 1
    assert learner.sitting(attempt) == before


def test_a_fragment_asked_for_by_itself_is_no_way_around_the_gate(world: World, learner: Learner) -> None:
    """CVE-2024-45689, CVE-2025-62393: a part of a page without the check that its page has."""
    attempt = learner.start()
    for headers in FRAGMENTS:
        for address in addresses(attempt.id):
            for method in ("GET", "POST"):
                nobody = world.client().request(method, address, headers=headers)
                assert "Question" not in nobody.text
                assert nobody.status_code in {303, 401, 405} or "HX-Redirect" in nobody.headers
    said = world.client(learner.person_id).get(f"/attempts/{attempt.id}/questions/1", headers=AUTOSAVE)
    assert document(said).text == "Not answered yet"


def test_no_step_of_an_exercise_is_skipped_or_taken_twice_by_its_address(world: World, tmp_path: Path) -> None:
    """CVE-2022-40208, MSA-23-0030: the order of steps held by the pages alone."""
    world.load_courses(write_courses(tmp_path / "courses", kinds=["pdsa", "chance"]))
    learner = Learner(world, world.hire().id)
    attempt, browser = learner.start("try-it"), world.client(learner.person_id)
    test, beads = (f"/attempts/{attempt.id}/questions/{number}" for number in (1, 2))
    study = {"side-1": "same", "signal-1": "no", "act-1": "adopt", "study-1": "open", "stay": "keep-1"}
    for sent in (
        study,
        {"plan-2": "open", "predicted-2": "5", "points-2": "4", "stay": "run-2"},
        {"study-2": "open", "stay": "keep-2"},
    ):
        browser.post(test, data=sent | {"version": "0"})
    for sent in ({"stay": "step-2"}, {"stay": "step-3"}, {"answering": "yes", "say-x": "y"}, {"stay": "step-0"}):
        browser.post(beads, data=sent | {"version": "0"})
    assert [asked.answer for asked in learner.sitting(attempt).asked] == [None, None]
    for version in (0, 0, 1, 1):
        browser.post(beads, data={"stay": "step-1", "version": version})
    assert len(learner.sitting(attempt).question(2).answer["steps"]) == 1


def test_every_autosave_sent_again_later_changes_nothing_unseen(browser: HouseClient, learner: Learner) -> None:
    """CVE-2025-62401 and its like: an old autosave replayed over a newer answer, before and after the handing in."""
    attempt = learner.start()
    sent = []
    for number in range(1, 6):
        for answers in (WRONG, RIGHT):
            data = fields(learner, attempt, number, answers)
            sent.append((f"/attempts/{attempt.id}/questions/{number}", data))
            assert browser.post(sent[-1][0], data=data, headers=AUTOSAVE).status_code == 200
    before = learner.sitting(attempt)
    for address, data in sent:
        again = browser.post(address, data=data, headers=AUTOSAVE)
        assert again.status_code == (409 if data["version"] == "0" else 200)
    assert learner.sitting(attempt) == before
    learner.hand_in(attempt)
    marked = learner.sitting(attempt)
    assert marked.right == 5
    for address, data in sent:
        assert browser.post(address, data=data, headers=AUTOSAVE).headers["location"].endswith("/result")
    assert learner.sitting(attempt) == marked


def test_a_version_that_was_never_given_overwrites_nothing(browser: HouseClient, learner: Learner) -> None:
    """CVE-2025-62401: what a page sends of itself is not believed."""
    attempt = learner.start()
    browser.post(f"/attempts/{attempt.id}/questions/1", data=fields(learner, attempt, 1, RIGHT))
    for version in ("0", "2", "99", str(2**31 - 1), "-1", "1e0", "٣", "", "1; DROP TABLE attempt"):
        data = fields(learner, attempt, 1, WRONG) | {"version": version}
        assert browser.post(f"/attempts/{attempt.id}/questions/1", data=data).status_code in {409, 422}
    for seen in ("0", "2", "99", "-1", "x", ""):
        assert browser.post(f"/attempts/{attempt.id}/submit", data={"seen": seen}).status_code in {409, 422}
    sitting = learner.sitting(attempt)
    assert (sitting.question(1).version, sitting.handed_in) == (1, False)


FORGED = {
    "right": "5", "passed": "true", "pass_mark": "0", "out_of": "0", "submitted_at": "2026-11-23T09:00:00+00:00",
    "score": "100", "credit": "1", "person_id": "1", "enrolment_id": "1", "activity_id": "1", "questions": "[]",
    "seed": "1", "number": "1", "revision_id": "1", "due_at": "2030-01-01", "attempts": "99", "tries": "99",
}  # fmt: skip


def test_nobody_passes_themselves_by_fields_that_no_form_has(browser: HouseClient, learner: Learner) -> None:
    """CVE-2023-23611: a mark that was sent from outside, for whatever block one liked."""
    started = browser.post(f"/activities/{SLUG}/check/start", data=FORGED | {"seed": "7"})
    attempt = learner.start()
    assert started.headers["location"].startswith(f"/attempts/{attempt.id}/")
    for number in range(1, 6):
        sent = fields(learner, attempt, number, WRONG) | FORGED | {"version": "0"}
        browser.post(f"/attempts/{attempt.id}/questions/{number}", data=sent)
    check = document(browser.get(f"/attempts/{attempt.id}/check"))
    form = next(form for form in check.forms if form.action.endswith("/submit"))
    browser.post(form.action, data=FORGED | form.fields)
    marked = learner.sitting(attempt)
    assert (marked.right, marked.passed, marked.out_of, marked.pass_mark) == (0, False, 5, 4)
    assert marked.enrolment_id == attempt.enrolment_id


def test_an_assessment_is_not_done_by_the_ways_in_which_other_activities_are(
    world: World, browser: HouseClient, learner: Learner
) -> None:
    """CVE-2023-23611 again: read, ticked off, written or rated is not passed."""
    before = rows(world, Outcome, Award, Certificate)
    home = f"/courses/{SLUG}/counting"
    for activity in ("check", "try-it"):
        for deed, sent in (
            ("note", {"text": "I have passed", "version": "0", "share": "no"}),
            ("steps", {"item": "0", "version": "0"}),
            ("confidence", {"sure-tell-apart": "very", "when": "after"}),
        ):
            assert browser.post(f"{home}/{activity}/{deed}", data=sent).status_code in {403, 404}
        assert browser.get(f"{home}/{activity}").status_code == 404
    browser.post(f"{home}/read", data={"activity": "check"})
    assert rows(world, Outcome, Award, Certificate) == before


def test_a_certificate_is_not_to_be_had_before_the_assessment_is_passed(
    world: World, browser: HouseClient, learner: Learner
) -> None:
    """CVE-2025-67856: a badge for somebody who had not earned it. CVE-2024-48900: or by somebody else's number."""
    learner.take("try-it")
    learner.take(right=3)
    enrolment = learner.start("check").enrolment_id
    for number in (enrolment, enrolment + 1, 0, "x", "1 OR 1=1"):
        refused = browser.post("/certificates", data={"enrolment_id": number})
        assert refused.status_code in {404, 409}
    assert rows(world, Certificate, Award) == [0, 0]
    passed = Learner(world, world.hire().id)
    passed.take("try-it")
    theirs = passed.take().enrolment_id
    assert browser.post("/certificates", data={"enrolment_id": theirs}).status_code == 404
    assert world.client(passed.person_id).post("/certificates", data={"enrolment_id": theirs}).status_code == 303


def test_the_child_of_another_parent_is_not_there(world: World, learner: Learner, browser: HouseClient) -> None:
    """CVE-2024-43431: ids that are each one's own, and do not belong together."""
    browser.follow(browser.post(f"/activities/{SLUG}/check/start"))
    for course, activity in (
        (PARTNER_SLUG, "try-it"), (PARTNER_SLUG, "check"), (SLUG, "counting"), ("gallery", "check"), (SLUG, "Check"),
    ):  # fmt: skip
        assert browser.post(f"/activities/{course}/{activity}/start").status_code == 404
    for bad in (f"/courses/{SLUG}/no-such-module/check/note", f"/courses/{PARTNER_SLUG}/counting"):
        assert browser.get(bad).status_code in {404, 405}
    attempt = learner.start()
    for number in ("6", "0", "-1", "1x", "1.5", "%31%00"):
        assert browser.get(f"/attempts/{attempt.id}/questions/{number}").status_code == 404


def test_one_more_try_is_not_to_be_had_by_asking_twice_or_again(
    world: World, browser: HouseClient, learner: Learner
) -> None:
    """CVE-2024-43430: attempts that nobody allowed."""
    for _ in range(3):
        learner.take(right=0)
    for _ in range(3):
        assert browser.post(f"/activities/{SLUG}/check/start", data=FORGED).status_code == 409
    browser.post(f"/courses/{SLUG}/enrol", data={"again": "yes"})
    assert browser.post(f"/activities/{SLUG}/check/start").status_code == 409, "enrolling anew gives no new tries"
    assert rows(world, Attempt, Enrolment) == [3, 1]


def test_whoever_has_left_neither_saves_nor_hands_in(world: World, browser: HouseClient, learner: Learner) -> None:
    """CVE-2025-67848, CVE-2025-62394: somebody suspended or gone who still gets in."""
    attempt = learner.start()
    data = fields(learner, attempt, 1, RIGHT)
    world.leave(learner.person_id)
    for headers in FRAGMENTS:
        browser.post(f"/attempts/{attempt.id}/questions/1", data=data, headers=headers)
        browser.post(f"/attempts/{attempt.id}/submit", data={"seen": "0"}, headers=headers)
    assert rows(world, AttemptAnswer, Outcome) == [0, 0]


@pytest.mark.slow
def test_what_is_typed_as_a_number_is_never_worked_out(world: World, tmp_path: Path) -> None:
    """CVE-2024-43425, MSA-26-0003: a formula in an answer that the server ran."""
    world.load_courses(write_courses(tmp_path / "courses", kinds=["numeric", "plot", "pdsa"]))
    learner = Learner(world, world.hire().id)
    attempt, browser = learner.start("try-it"), world.client(learner.person_id)
    for typed in ("__import__('os').getpid()", "9**9**9", "27*1", "0x1b", "27e0", "nan", "inf", "２７", "1" * 5000):
        sent = {"answer": typed, "point-0": typed, "median": typed, "predicted-1": typed, "plan-1": "open"}
        for number in (1, 2, 3):
            address = f"/attempts/{attempt.id}/questions/{number}"
            answer = browser.post(address, data=sent | {"version": "0", "points-1": typed, "stay": "run-1"})
            assert answer.status_code in {409, 422}, typed
    assert [asked.answer for asked in learner.sitting(attempt).asked] == [None, None, None]


@pytest.mark.slow
def test_figures_of_a_bank_of_questions_are_for_those_who_write_it(world: World, learner: Learner) -> None:
    """CVE-2021-40692: what a report tells that the course does not."""
    for number in range(12):
        Learner(world, world.hire().id).take(right=number % 6)
    for person in (learner.person_id, world.lead(), world.with_role("hr"), world.with_role("involvement")):
        client = world.client(person)
        for address in ("/question-banks", f"/question-banks/{SLUG}/check", f"/question-banks/{SLUG}/none"):
            for headers in FRAGMENTS:
                refused = client.get(address, headers=headers)
                assert refused.status_code == 403
                assert "Chosen by" not in refused.text
    author = world.client(world.with_role("qi_admin")).get(f"/question-banks/{SLUG}/check")
    assert "O'Neill" not in author.text.replace("&#39;", "'")
