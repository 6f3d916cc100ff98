"""HR brings in what people completed elsewhere: it counts on its own day, once, and takes nothing from anybody."""

from datetime import date, timedelta

import pytest

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.capability.queries.over_time import over_time
from app.intake.importing_past import PastRowsError
from app.intake.rules.past.decisions import Meaning, PastDecision
from app.intake.rules.past.plan import PastKind
from app.kernel.errors import RuleBrokenError
from app.learning.commands import WithdrawAward, withdraw_award
from app.learning.queries import holdings
from app.learning.rules import AwardEventKind
from app.recognition.commands import RecordItem, record_item
from tests.evidence.scene import certify
from tests.intake.past_list import Bringing, learn_here, reasons, row
from tests.world import World

DAY = date(2025, 5, 6)
SOURCE = "imported from past.csv"


@pytest.fixture
def hr(world: World) -> Bringing:
    world.load_courses()
    return Bringing(world)


def test_a_course_here_is_completed_on_its_day_and_gives_its_level(hr: Bringing) -> None:
    ada = hr.world.hire("Ada", "Byron", employee_number="00001")
    shown = hr.do(row("00001", minutes="420"))
    [line] = shown.plan.lines
    assert (line.kind, line.course, line.on) == (PastKind.COMPLETED, "Pocket QI", DAY)
    assert hr.enrolments(ada.id) == [("pocket-qi", 1, "imported", DAY, True)]
    [(key, (count, minutes))] = hr.outcomes(ada.id).items()
    assert (key, minutes) == (("pocket-qi", DAY, "imported"), 420), "no minute is lost among the parts"
    assert count == len(line.done) > 5
    assert hr.levels(ada.id) == [("pocket-qi", "granted", DAY, date(2028, 5, 6), SOURCE)]
    assert [(kind, number, says) for kind, number, _, _, says in hr.kept()] == [
        (PastKind.COMPLETED, "00001", line.says)
    ]
    assert "until 6 May 2028" in line.says


def test_no_minute_is_made_up_where_the_list_says_none(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    hr.do(row("1"))
    assert [minutes for _, minutes in hr.outcomes(ada.id).values()] == [0]


def test_the_same_list_again_changes_nothing(hr: Bringing) -> None:
    hr.world.hire(employee_number="1")
    rows = [row("1"), row("1", "Fire Safety - 2 Years"), row("1", "induction", "2024-02-06")]
    hr.do(*rows)
    before, events = hr.everything(), hr.events()
    again = hr.do(*rows)
    assert again.plan.lines == ()
    assert len(again.plan.unchanged) == 3
    assert hr.everything() == before
    assert hr.events() == events + 1, "the import itself is written down, and nothing else"


def test_a_course_of_elsewhere_is_evidence_on_the_record(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    shown = hr.do(
        row("1", "457|LOCAL|Clinical Risk (PAR) - 3 Years|", provider="Elsewhere", minutes="90", certificate="A-1",
            expiry="30-Nov-2028")
    )  # fmt: skip
    assert [line.kind for line in shown.plan.lines] == [PastKind.EVIDENCE]
    title = "Clinical Risk (PAR) - 3 Years"
    assert hr.items(ada.id) == [(title, DAY, "Elsewhere", 90, "A-1, expires 2028-11-30", "Imported from past.csv")]
    assert hr.enrolments(ada.id) == []
    assert hr.levels(ada.id) == []
    assert [(one.words, one.rows, one.decided) for one in shown.plan.unknown] == [(title, 1, False)]


def test_evidence_is_written_as_if_it_had_been_recorded_by_hand(hr: Bringing) -> None:
    _, bo = hr.world.hire(employee_number="1"), hr.world.hire(employee_number="2")
    said = {"provider": "Élan Institute", "minutes": "90", "certificate": "A-1"}
    [line] = hr.do(row("1", "Science of Improvement", **said)).plan.lines
    assert line.item
    command = RecordItem(
        person_id=bo.id, title="Science of Improvement", completed_on=DAY, source="Imported from past.csv",
        provider="Élan Institute", minutes=90, reference="A-1", source_key=line.item.key,
    )  # fmt: skip
    with hr.world.db.write() as session:
        record_item(session, SYSTEM, command, hr.world.now)
    brought, by_hand = (found[2:] for found in hr.everything()["evidence_item"])
    assert brought == by_hand


def test_what_hr_decides_of_a_course_is_remembered(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    decided = {"qi bronze": PastDecision(Meaning.COURSE, "pocket-qi"), "fire": PastDecision(Meaning.LEAVE_OUT)}
    hr.do(row("1", "QI Bronze"), row("1", "Fire!"), decided=decided)
    assert hr.enrolments(ada.id)[0][0] == "pocket-qi"
    assert hr.items(ada.id) == []
    bo = hr.world.hire(employee_number="2")
    shown = hr.do(row("2", "QI  bronze"), row("2", "Fire"))
    assert hr.enrolments(bo.id)[0][0] == "pocket-qi"
    assert [out.why for out in shown.plan.left_out] == ["Its course is left out, as was decided"]
    assert {(one.words, str(one.meaning)) for one in shown.plan.unknown} == {
        ("QI  bronze".replace("  ", " "), "course"), ("Fire", "leave out"),
    }  # fmt: skip


def test_an_old_completion_may_have_lapsed_already(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    [line] = hr.do(row("1", on="2019-03-04")).plan.lines
    assert hr.levels(ada.id)[0][2:4] == (date(2019, 3, 4), date(2022, 3, 4))
    assert "it has lapsed" in line.says


def test_a_level_that_somebody_holds_is_never_shortened(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    hr.do(row("1", on="2025-05-06"))
    [line] = hr.do(row("1", on="2024-01-08")).plan.lines
    assert line.kind is PastKind.AGAIN
    assert [event[1:4] for event in hr.levels(ada.id)] == [
        ("granted", date(2024, 1, 8), date(2027, 1, 8)), ("granted", DAY, date(2028, 5, 6)),
    ]  # fmt: skip
    with hr.world.db.read() as session:
        held = holdings(session, [ada.id], hr.world.today)[ada.id]["pocket-qi"]
    assert (held.first_granted_on, held.valid_until) == (date(2024, 1, 8), date(2028, 5, 6))


def test_a_later_completion_refreshes_the_level_and_leaves_the_record_alone(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    learn_here(hr.world, ada, date(2026, 3, 3))
    before = hr.enrolments(ada.id)
    [line] = hr.do(row("1", on="2026-09-10", minutes="60")).plan.lines
    assert line.kind is PastKind.AGAIN
    assert "Completed here on 3 March 2026 already" in line.says
    assert hr.enrolments(ada.id) == before
    assert [event[1:3] for event in hr.levels(ada.id)] == [
        ("granted", date(2026, 3, 3)), ("refreshed", date(2026, 9, 10)),
    ]  # fmt: skip


def test_what_was_completed_here_on_that_day_is_known(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    learn_here(hr.world, ada, date(2026, 3, 3))
    shown = hr.do(row("1", on="2026-03-03"))
    assert shown.plan.lines == ()
    assert [one.why for one in shown.plan.unchanged] == ["They completed it here on that day"]


def test_whoever_is_on_the_course_has_completed_it(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    learn_here(hr.world, ada, date(2026, 3, 3), last=2)
    [line] = hr.do(row("1", on="2026-05-05")).plan.lines
    assert line.says.startswith("Completes the course that they are on")
    assert hr.enrolments(ada.id) == [("pocket-qi", 1, "imported", date(2026, 5, 5), True)]
    assert hr.levels(ada.id)[0][1:3] == ("granted", date(2026, 5, 5))


def test_a_course_begun_again_is_not_completed_by_what_came_before(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    learn_here(hr.world, ada, date(2026, 3, 3))
    learn_here(hr.world, ada, date(2026, 6, 1), last=1, again=True)
    [line] = hr.do(row("1", on="2026-04-04")).plan.lines
    assert line.kind is PastKind.AGAIN
    assert [one[3:] for one in hr.enrolments(ada.id)] == [(date(2026, 3, 3), True), (None, False)]


def test_two_completions_of_one_list_are_a_grant_and_a_refresh(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    shown = hr.do(row("1", on="2024-04-04"), row("1", on="2022-02-02"), row("1", "pocket-qi", "04/04/2024"))
    assert [(line.row, line.kind) for line in shown.plan.lines] == [(2, PastKind.COMPLETED), (3, PastKind.AGAIN)]
    assert [one.why for one in shown.plan.unchanged] == ["Row 2 says the same"]
    assert [event[1:3] for event in hr.levels(ada.id)] == [
        ("granted", date(2022, 2, 2)), ("refreshed", date(2024, 4, 4)),
    ]  # fmt: skip
    assert hr.enrolments(ada.id) == [("pocket-qi", 1, "imported", date(2024, 4, 4), True)]


def test_people_who_left_are_taken_and_partners_never(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    hr.world.leave(ada, hr.world.today - timedelta(days=30))
    hr.world.partner("Rosie")
    shown = hr.do(row("1"), row("Rosie"))
    assert [line.person_id for line in shown.plan.lines] == [ada.id]
    assert [(at, column) for at, column, _ in reasons(shown)] == [(3, "Employee Number")]


def test_rows_that_say_not_completed_are_left_out_by_name(hr: Bringing) -> None:
    hr.world.hire(employee_number="1")
    shown = hr.look(
        row("1", result="Did not attend", on=""), row("1", result="in progress"), row("1", result="1 - Attended"),
        row("1", "induction", result="Perhaps"),
    )  # fmt: skip
    assert [out.why for out in shown.plan.left_out] == ["Its result is “Did not attend”", "Its result is “in progress”"]
    assert [line.row for line in shown.plan.lines] == [4]
    assert reasons(shown) == [
        (5, "Status", "It cannot be told whether “Perhaps” means completed. Write completed or not completed")
    ]


def test_everything_that_is_wrong_with_a_row_is_named(hr: Bringing) -> None:
    hr.world.hire("Ada", "Byron", employee_number="0000012345")
    hr.world.hire("Bo", "Diaz", employee_number="7")
    shown = hr.look(
        row("1.23E+05"), row("12345"), row("404"), row("7", name="Carla Eames"), row("7", on="13/13/2024"),
        row("7", on="2031-01-01"), row("7", edition="99"), row("7", minutes="1:30"), row("7", expiry="2001-01-01"),
        row("7", ""),
    )  # fmt: skip
    said = {at: (column, reason) for at, column, reason in reasons(shown)}
    assert set(said) == set(range(2, 12))
    assert "a spreadsheet has shortened" in said[2][1]
    assert "may have dropped leading zeros" in said[3][1]
    assert "Nobody here has or had this number" in said[4][1]
    assert "belongs to Diaz, Bo" in said[5][1]
    assert [said[at][0] for at in range(6, 12)] == [
        "Completed On", "Completed On", "Edition", "Minutes", "Expiry Date", "Course",
    ]  # fmt: skip
    assert shown.plan.lines == ()


def test_rows_with_errors_are_refused_until_somebody_takes_the_good_ones(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    shown = hr.look(row("1"), row("404"))
    with pytest.raises(PastRowsError, match="1 row has errors"):
        hr.apply(shown, good_rows=False)
    assert hr.enrolments(ada.id) == []
    hr.apply(shown)
    assert len(hr.enrolments(ada.id)) == 1


def test_a_level_that_was_taken_back_stays_taken_back(hr: Bringing) -> None:
    ada, admin = hr.world.hire(employee_number="1"), hr.world.with_role(Role.HR)
    learn_here(hr.world, ada, date(2025, 3, 3))
    command = WithdrawAward(person_id=ada.id, tier="pocket-qi", occurred_on=date(2026, 1, 1), reason="Not so")
    with hr.world.db.write() as session:
        withdraw_award(session, hr.world.actor(admin), command, hr.world.now)
    [line] = hr.do(row("1", on="2025-06-06")).plan.lines
    assert line.award is None
    assert "taken back later" in line.says
    [line] = hr.do(row("1", on="2026-06-06")).plan.lines
    assert line.award is not None
    assert line.award.kind is AwardEventKind.GRANTED


def test_no_certificate_of_ours_is_made_for_a_course_completed_elsewhere(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1")
    hr.do(row("1"))
    with pytest.raises(RuleBrokenError, match="completed elsewhere"):
        certify(hr.world, ada, 1)


def test_a_number_that_somebody_had_before_is_theirs(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="OLD1", starts_on=date(2020, 4, 1))
    hr.world.leave(ada, date(2023, 4, 1))
    [line] = hr.do(row("OLD1")).plan.lines
    assert line.person_id == ada.id


def test_months_count_a_level_once_and_where_people_then_worked(hr: Bringing) -> None:
    ada = hr.world.hire(employee_number="1", starts_on=date(2024, 2, 5))
    learn_here(hr.world, ada, date(2026, 3, 3))
    admin = hr.world.actor(hr.world.with_role(Role.QI_ADMIN))
    hr.do(row("1", on="2025-09-09"))
    with hr.world.db.read() as session:
        found = over_time(session, admin, hr.world.directorate().id, hr.world.today)
    assert found is not None
    [(_, reached)] = found.levels
    assert [one.on for one in reached] == [date(2025, 9, 9)]
