"""What a staff file says of long leave: who goes, who is back, and what it cannot tell."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.intake.importing import AnotherPlanError
from app.intake.rules.leave import STATUSES
from app.intake.rules.lines import LineKind
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.names import folded
from app.organisation.models import LongLeave
from app.organisation.rules import LeaveKind
from tests.intake.staff_file import Importing, row
from tests.organisation.away import come_back, go_on_leave
from tests.world import World

ACTIVE, AWAY = "Active Assignment", "Maternity & Adoption"


@pytest.fixture
def hr(world: World, tmp_path: Path) -> Importing:
    found = Importing(world, tmp_path)
    found.do(row("1", "Ng"), row("2", "Li"))
    world.later(days=10)
    return found


def leaves(hr: Importing, number: str = "1") -> list[tuple[LeaveKind, date, date | None]]:
    leave = table(LongLeave)
    wanted = sa.select(leave.c.kind, leave.c.starts_on, leave.c.ends_on).order_by(leave.c.starts_on)
    with hr.world.db.read() as session:
        rows = session.execute(wanted.where(leave.c.person_id == hr.person(number).id))
        return [(kind, start, end) for kind, start, end in rows]


def deeds(hr: Importing) -> list[str]:
    event = table(AuditEvent)
    with hr.world.db.read() as session:
        wanted = sa.select(event.c.action).where(event.c.subject_id == hr.person("1").id).order_by(event.c.id)
        return list(session.scalars(wanted))


def test_whoever_goes_on_leave_and_comes_back_is_a_change_each_time_and_nothing_the_second_time(hr: Importing) -> None:
    gone = hr.do(row("1", "Ng", status=AWAY), row("2", "Li", status=ACTIVE))
    today = hr.world.today
    [line] = gone.plan.lines
    assert (line.kind, line.number) == (LineKind.CHANGE, "1")
    assert [(c.field, c.before, c.after) for c in line.changed] == [("long leave", "", f"from {today.isoformat()}")]
    assert leaves(hr) == [(LeaveKind.PARENTAL, today, None)]
    assert hr.look(row("1", "Ng", status=AWAY), row("2", "Li", status=ACTIVE)).plan.lines == ()
    hr.world.later(days=30)
    assert hr.look(row("1", "Ng", status="Career Break"), row("2", "Li")).plan.lines == (), "away is away"
    back = hr.do(row("1", "Ng", status="Acting Up"), row("2", "Li"))
    assert [c.after for c in back.plan.lines[0].changed] == [f"until {hr.world.today.isoformat()}"]
    assert leaves(hr) == [(LeaveKind.PARENTAL, today, hr.world.today)]
    assert hr.look(row("1", "Ng", status=ACTIVE), row("2", "Li")).plan.lines == ()
    assert deeds(hr)[-2:] == ["record leave", "end leave"]


def test_the_kind_is_in_no_word_of_the_plan_nor_of_the_record(hr: Importing) -> None:
    shown = hr.do(row("1", "Ng", status=AWAY), row("2", "Li"))
    said = str([(c.field, c.before, c.after) for line in shown.plan.lines for c in line.changed])
    assert "parental" not in said.casefold()
    assert "maternity" not in said.casefold()


def test_a_leave_goes_with_whatever_else_changes_on_the_same_row(hr: Importing) -> None:
    shown = hr.do(row("1", "Ng", status=AWAY, team="Ward 8", email="ng@trust.example"), row("2", "Li"))
    [line] = shown.plan.lines
    assert line.kind is LineKind.MOVER
    assert {c.field for c in line.changed} == {"team", "e-mail", "long leave"}
    assert deeds(hr)[-2:] == ["move", "record leave"]
    assert (
        hr.look(row("1", "Ng", status=AWAY, team="Ward 8", email="ng@trust.example"), row("2", "Li")).plan.lines == ()
    )


def test_a_joiner_may_be_on_leave_from_the_first(hr: Importing) -> None:
    rows = (row("1", "Ng"), row("2", "Li"), row("3", "Oy", status="Career Break"))
    hr.do(*rows)
    assert leaves(hr, "3") == [(LeaveKind.CAREER_BREAK, hr.world.today, None)]
    assert hr.look(*rows).plan.lines == ()
    to_come = row("4", "Po", status=AWAY, start=(hr.world.today + timedelta(days=30)).isoformat())
    hr.do(*rows, to_come)
    assert leaves(hr, "4") == [], "their post has not begun"
    assert hr.look(*rows, to_come).plan.lines == ()


def test_a_leaver_is_on_leave_no_longer(hr: Importing) -> None:
    hr.do(row("1", "Ng", status=AWAY), row("2", "Li"))
    start = hr.world.today
    hr.world.later(days=5)
    hr.do(row("2", "Li"), *(row(str(n)) for n in range(10, 40)))
    assert leaves(hr) == [(LeaveKind.PARENTAL, start, hr.world.today)]
    assert deeds(hr)[-2:] == ["end employment", "end leave"]


def test_what_hr_entered_by_hand_is_respected(hr: Importing) -> None:
    world, person = hr.world, hr.person("1")
    planned = world.today + timedelta(days=100)
    go_on_leave(world, person, planned, planned + timedelta(days=30), LeaveKind.CARER)
    hr.do(row("1", "Ng", status="Suspend Assignment"), row("2", "Li"))
    assert leaves(hr)[0] == (LeaveKind.OTHER, world.today, planned), "up to the leave that is planned"
    assert hr.look(row("1", "Ng", status="Suspend Assignment"), row("2", "Li")).plan.lines == ()
    other = hr.person("2")
    leave = go_on_leave(world, other, world.today)
    assert hr.look(row("1", "Ng"), row("2", "Li", status=ACTIVE)).plan.lines == (), "it began only today"
    world.later(days=1)
    assert len(hr.look(row("1", "Ng"), row("2", "Li", status=ACTIVE)).plan.lines) == 1
    come_back(world, leave)
    assert hr.look(row("1", "Ng"), row("2", "Li", status=ACTIVE)).plan.lines == ()


def test_the_main_post_says_it_and_a_second_one_does_not(hr: Importing) -> None:
    rows = (
        row("1", "Ng", primary="Yes", status=ACTIVE, assignment="1-1"),
        row("1", "Ng", primary="No", status=AWAY, assignment="1-2", team="Bank"),
        row("2", "Li"),
    )
    hr.do(*rows)
    assert leaves(hr) == []


def test_a_status_that_nobody_knows_is_named_and_changes_nothing(hr: Importing) -> None:
    hr.do(row("1", "Ng", status=AWAY), row("2", "Li"))
    hr.world.later(days=5)
    shown = hr.look(row("1", "Ng", status="Gardening <b>leave</b>"), row("2", "Li", status="Sand"))
    assert shown.plan.lines == ()
    [remark] = shown.plan.remarks
    assert "“Gardening <b>leave</b>” (1)" in remark
    assert "“Sand” (1)" in remark


def test_a_file_without_the_column_says_nothing_of_leave(hr: Importing) -> None:
    hr.do(row("1", "Ng", status=AWAY), row("2", "Li"))
    hr.world.later(days=5)
    assert hr.look(row("1", "Ng"), row("2", "Li"), without=("status",)).plan.lines == ()


def test_a_leave_by_hand_between_preview_and_deed_previews_again(hr: Importing) -> None:
    shown = hr.look(row("1", "Ng", status=AWAY), row("2", "Li"))
    go_on_leave(hr.world, hr.person("1"))
    with pytest.raises(AnotherPlanError) as caught:
        hr.apply(shown)
    assert caught.value.now.plan.lines == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Active Assignment", None), ("Acting Up", None), ("Internal Secondment", None),
        ("Maternity & Adoption", LeaveKind.PARENTAL), ("Career Break", LeaveKind.CAREER_BREAK),
        ("Suspend Assignment", LeaveKind.OTHER), ("Out on External Secondment - Paid", LeaveKind.OTHER),
        ("Out on External Secondment – Unpaid", LeaveKind.OTHER), ("LONG TERM SICK", LeaveKind.SICK),
        ("Carer's leave", LeaveKind.CARER), ("Carer’s Leave", LeaveKind.CARER),
    ],
)  # fmt: skip
def test_the_words_of_the_staff_record_are_known(words: str, kind: LeaveKind | None) -> None:
    assert STATUSES[folded(words)] is kind
