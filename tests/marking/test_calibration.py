"""Before somebody's marks count, they judge the worked samples of a task as was agreed."""

from pathlib import Path

import pytest

from app.access.permissions import Role
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.marking.commands.calibrating import JudgeSample, judge_sample
from app.marking.queries.calibration import standing
from tests.client import document
from tests.marking.judged import BEST, ONE, SLUG, TASKS, WORST, Ward, write_tasks

HERE = f"/marking/calibrate/{SLUG}/{ONE}"


@pytest.fixture
def marker(ward: Ward) -> int:
    return ward.world.with_role(Role.MARKER).id


def _counts(ward: Ward, marker: int, task: str = ONE) -> bool:
    with ward.world.db.read() as session:
        return standing(session, ward.world.actor(marker), SLUG, task).calibrated


def _judge(ward: Ward, marker: int, sample: str, number: int, marks: dict[str, int]) -> None:
    command = JudgeSample(course=SLUG, activity=ONE, sample=sample, number=number, marks=marks)
    with ward.world.db.write() as session:
        judge_sample(session, ward.world.actor(marker), command, ward.world.now)


def test_a_new_marker_counts_once_they_agree_on_enough_points_of_all_samples(ward: Ward, marker: int) -> None:
    _judge(ward, marker, "good", 1, BEST)
    assert not _counts(ward, marker)
    _judge(ward, marker, "poor", 1, WORST | {"test": 1})
    assert _counts(ward, marker), "5 of 6 is 83%, and 80% are asked for"
    assert not _counts(ward, marker, "two-markers")


def test_below_it_they_try_again_from_the_first_sample(ward: Ward, marker: int) -> None:
    ward.judge(marker, ONE, poor=BEST)
    assert not _counts(ward, marker), "3 of 6"
    ward.judge(marker, ONE)
    assert _counts(ward, marker)
    assert [(c.number, c.sample, c.agreed) for c in ward.calibrations(marker)] == [
        (1, "good", 3),
        (1, "poor", 0),
        (2, "good", 3),
        (2, "poor", 3),
    ]


def test_qi_administrators_calibrate_too(ward: Ward) -> None:
    admin = ward.world.with_role(Role.QI_ADMIN).id
    ward.handed_in()
    assert ward.take(admin) is None
    ward.calibrate(admin)
    assert ward.take(admin) is not None


def test_the_queue_says_which_tasks_to_calibrate_for(ward: Ward, marker: int) -> None:
    ward.calibrate(marker, "two-markers")
    client = ward.world.client(marker)
    page = document(client.get("/marking"))
    hrefs = {href for href in page.links.values() if "/calibrate/" in href}
    listed = [link.attrib["href"] for link in page.all("a") if "/calibrate/" in link.attrib["href"]]
    assert sorted(listed) == [f"/marking/calibrate/{SLUG}/{task}" for task in sorted(TASKS) if task != "two-markers"]
    assert hrefs


def test_a_sample_is_judged_blind_and_the_reasons_come_after_all_of_them(ward: Ward, marker: int) -> None:
    client = ward.world.client(marker)
    page = client.get(HERE)
    assert "Worked sample 1 of 2" in document(page).text
    assert "Because of" not in page.text
    page = client.follow(client.submit(page, HERE, **{f"value-{p}": v for p, v in BEST.items()}))
    assert "Worked sample 2 of 2" in document(page).text
    assert "Because of" not in page.text
    page = client.follow(client.submit(page, HERE, **{f"value-{p}": v for p, v in BEST.items()}))
    text = document(page).text
    assert "Not yet: read why, and try again" in text
    assert "You agree on 3 of 6 points (50%); 80% are needed." in text
    assert "Because of who in poor" in text
    again = client.get(document(page).links["Try again"])
    assert "Worked sample 1 of 2" in document(again).text


def test_every_point_of_a_sample_needs_an_answer_and_the_others_are_kept(ward: Ward, marker: int) -> None:
    client = ward.world.client(marker)
    answer = client.submit(client.get(HERE), HERE, **{"value-number": "1"})
    assert answer.status_code == 422
    assert "It says for whom: choose an answer" in document(answer).text
    [kept] = [e for e in document(answer).elements if "checked" in e.attrib]
    assert kept.attrib["name"] == "value-number"
    with pytest.raises(BadInputError):
        _judge(ward, marker, "good", 1, {"number": 1})
    assert ward.calibrations(marker) == []


def test_a_second_press_judges_once_and_an_old_window_is_shown_the_next_sample(ward: Ward, marker: int) -> None:
    client = ward.world.client(marker)
    old = client.get(HERE)
    _judge(ward, marker, "good", 1, BEST)
    _judge(ward, marker, "good", 1, WORST)
    assert [c.agreed for c in ward.calibrations(marker)] == [3]
    with pytest.raises(StaleError):
        _judge(ward, marker, "good", 2, BEST)
    assert client.submit(old, HERE, **{f"value-{p}": v for p, v in BEST.items()}).status_code == 303
    assert len(ward.calibrations(marker)) == 1


def test_other_words_of_the_same_edition_ask_for_nothing_again(ward: Ward, marker: int, tasks: Path) -> None:
    ward.judge(marker)
    ward.world.later(days=1)
    ward.world.load_courses(write_tasks(tasks, words="in other words"))
    assert _counts(ward, marker)


def test_other_samples_of_a_new_edition_ask_for_it_again(ward: Ward, marker: int, tasks: Path) -> None:
    ward.judge(marker)
    ward.world.later(days=1)
    ward.world.load_courses(write_tasks(tasks, edition=2, samples={"good": BEST, "border": BEST | {"test": 1}}))
    assert not _counts(ward, marker)
    ward.judge(marker)
    assert _counts(ward, marker)
    assert [c.number for c in ward.calibrations(marker)] == [1, 1, 2, 2]


def test_a_new_edition_with_the_same_samples_asks_for_nothing_again(ward: Ward, marker: int, tasks: Path) -> None:
    ward.judge(marker)
    ward.world.later(days=1)
    ward.world.load_courses(write_tasks(tasks, edition=2, pass_mark=4))
    assert _counts(ward, marker)


def test_what_is_no_task_is_not_there(ward: Ward, marker: int) -> None:
    client = ward.world.client(marker)
    assert client.get(f"/marking/calibrate/{SLUG}/nothing").status_code == 404
    with pytest.raises(NotFoundError), ward.world.db.read() as session:
        standing(session, ward.world.actor(marker), "nothing", ONE)
