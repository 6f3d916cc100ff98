"""What a list does when others write, when another import runs, and when it is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import app.intake.importing_past as importing
from app.intake.importing_past import AnotherPastPlanError, PastPreview, first_people
from app.intake.models.past import PastImport
from app.kernel.config import ROOT
from app.kernel.db import table
from app.kernel.errors import BusyError, RuleBrokenError
from app.learning.models import Enrolment, Outcome
from app.organisation.models import Person
from tests.intake.past_list import Bringing, learn_here, row, written
from tests.invariants import check_invariants
from tests.world import World

MANY = 2_000
KILLS = (0.0, 0.15, 0.3, 0.5)


@pytest.fixture
def hr(world: World) -> Bringing:
    world.load_courses()
    return Bringing(world)


def test_what_others_do_meanwhile_for_others_does_not_matter(hr: Bringing) -> None:
    ada, bo = hr.world.hire(employee_number="1"), hr.world.hire(employee_number="2")
    shown = hr.look(row("1"))
    learn_here(hr.world, bo, date(2026, 3, 3))
    hr.apply(shown)
    assert len(hr.enrolments(ada.id)) == 1


def test_what_somebody_of_the_list_does_meanwhile_is_previewed_again_and_nothing_done(hr: Bringing) -> None:
    ada, bo = hr.world.hire(employee_number="1"), hr.world.hire(employee_number="2")
    shown = hr.look(row("1"), row("2"))
    learn_here(hr.world, ada, date(2026, 3, 3))
    with pytest.raises(AnotherPastPlanError) as error:
        hr.apply(shown)
    assert hr.enrolments(bo.id) == []
    hr.apply(error.value.now)
    assert len(hr.enrolments(bo.id)) == 1


def test_a_deed_that_leaves_the_plan_as_it_is_does_not_stop_it(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    shown = hr.look(row("1"), row("1", "Fire"))
    hr.world.move(ada, hr.world.team("Clinic", "Elsewhere"))
    hr.apply(shown)
    assert len(hr.items(ada.id)) == 1


def test_a_new_day_is_previewed_again(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    shown = hr.look(row("1", on="2025-05-05"))
    hr.world.later(days=1)
    hr.apply(shown)
    assert len(hr.enrolments(ada.id)) == 1


def test_of_two_lists_at_once_one_waits_for_another_time(hr: Bringing) -> None:
    people = [hr.world.hire(employee_number=str(n)).id for n in range(40)]
    shown = hr.look(*(row(str(n)) for n in range(40)))
    together = threading.Barrier(2)
    refused: list[Exception] = []

    def run() -> None:
        together.wait(10)
        try:
            hr.apply(shown)
        except (BusyError, AnotherPastPlanError) as error:
            refused.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(refused) == 1
    assert all(len(hr.enrolments(person)) == 1 for person in people)


def learn(hr: Bringing, found: list[Person]) -> None:
    for person in found:
        with suppress(RuleBrokenError):  # where the list came first, the course is completed
            learn_here(hr.world, person, date(2026, 6, 6))


def bring(hr: Bringing, shown: PastPreview) -> None:
    for _ in range(20):
        try:
            hr.apply(shown)
        except AnotherPastPlanError as error:
            shown = error.now
        else:
            return


def test_a_learner_and_a_list_at_once_never_complete_a_course_twice(hr: Bringing) -> None:
    found = [hr.world.hire(employee_number=str(n)) for n in range(12)]
    for person in found:
        learn_here(hr.world, person, date(2026, 3, 3), last=2)
    shown = hr.look(*(row(str(n), on="2026-05-05") for n in range(12)))
    threads = [threading.Thread(target=learn, args=(hr, found)), threading.Thread(target=bring, args=(hr, shown))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    check_invariants(hr.world.db)
    for one in found:
        assert [(e[1], e[4]) for e in hr.enrolments(one.id)] == [(1, True)]
        assert len({on for _, _, on, *_ in hr.levels(one.id)}) == len(hr.levels(one.id)) <= 2


def test_people_are_taken_in_turns_and_none_is_cut_in_two(hr: Bringing, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(6):
        hr.world.hire(employee_number=str(n))
    shown = hr.look(*(row(str(n), course) for n in range(6) for course in ("Pocket QI", "Fire")))
    lines = sorted(shown.plan.lines, key=lambda line: (line.person_id, line.row))
    assert len(first_people(lines, 1)) == 2, "both of the first person's"
    monkeypatch.setattr(importing.first_people, "__defaults__", (1,))
    hr.apply(shown)
    assert len(hr.kept()) == 12
    with hr.world.db.read() as session:
        [record] = session.scalars(sa.select(PastImport)).all()
    assert record.ended_at is not None


@pytest.mark.slow
def test_killed_at_any_point_it_can_be_started_again_and_nothing_is_doubled(world: World, tmp_path: Path) -> None:
    world.load_courses()
    hr = Bringing(world)
    _many(world)
    file = tmp_path / "past.csv"
    file.write_bytes(written(*(row(f"M{n}") for n in range(MANY)), *(row(f"M{n}", "Fire") for n in range(MANY))))
    command = [sys.executable, "-c", "from app.cli import app; app()", "learning", "import", str(file), "--apply"]
    settings = os.environ | {"QI_DATABASE_URL": world.settings.database_url, "PYTHONPATH": str(ROOT)}
    for wait in KILLS:
        running = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
        _until_it_writes(hr, running)
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.wait(30)
        check_invariants(world.db)
    assert subprocess.run(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, check=False).returncode == 0
    state = hr.everything()
    assert len(state["enrolment"]) == len(state["award"]) == len(state["evidence_item"]) == MANY
    assert len({tuple(found[1:4]) for found in state["outcome"]}) == len(state["outcome"])
    assert len(state["award_event"]) == MANY


def _many(world: World) -> None:
    from tests.intake.staff_file import Importing
    from tests.intake.staff_file import row as staff_row

    folder = Path(world.settings.spool_dir)
    folder.mkdir(parents=True, exist_ok=True)
    Importing(world, folder).do(*(staff_row(f"M{n}") for n in range(MANY)))


def _until_it_writes(hr: Bringing, running: "subprocess.Popen[bytes]") -> None:
    """Until a list is under way that was not before, or the command has ended."""
    wanted = sa.select(sa.func.count()).select_from(table(Enrolment))
    outcomes = sa.select(sa.func.count()).select_from(table(Outcome))
    with hr.world.db.read() as session:
        before = session.scalar(wanted), session.scalar(outcomes)
    ends = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < ends:
        with hr.world.db.read() as session:
            if (session.scalar(wanted), session.scalar(outcomes)) != before:
                return
        time.sleep(0.02)
