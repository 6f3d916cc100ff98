"""What a report counts: each person once, where they then worked, so that the directorates add up to the trust."""

from datetime import date

import pytest

from app.access.actor import SYSTEM
from app.capability.rules import Need, PauseReason
from app.kernel.errors import NotFoundError
from app.learning.commands import WithdrawAward, withdraw_award
from app.oversight.queries.report import report_as_at
from app.oversight.rules.figures import MONTHS, TRUST, Measure, months_of
from app.oversight.rules.waiting import waited
from app.planning.models import Release, Target
from app.planning.rules import ReleaseState, TargetKind
from tests.client import document
from tests.evidence.scene import learn
from tests.organisation.away import go_on_leave
from tests.oversight.conftest import Trust, by_month
from tests.world import World


def test_a_report_ends_with_the_last_whole_month_and_that_of_a_month_with_itself() -> None:
    assert months_of(date(2026, 11, 23))[-1] == date(2026, 10, 1)
    assert months_of(date(2026, 10, 31))[-1] == date(2026, 10, 1)
    assert len(months_of(date(2026, 10, 31))) == MONTHS


def test_who_came_to_hold_two_levels_in_a_month_is_one_person(trust: Trust) -> None:
    trust.reach(trust.scene.anna, date(2026, 9, 3))
    trust.reach(trust.scene.anna, date(2026, 9, 20), "induction")
    trust.reach(trust.scene.ben, date(2026, 9, 30))
    assert by_month(trust.report(), Measure.TRAINED) == {"2026-09": 2}
    assert trust.report().trust.totals[Measure.TRAINED] == 2


def test_the_directorates_add_up_to_the_trust_even_for_whoever_moved_between_two_levels(trust: Trust) -> None:
    world, anna = trust.world, trust.scene.anna
    trust.reach(anna, date(2026, 9, 3))
    world.move(anna, world.team("Theatre 1", "Surgery"), date(2026, 9, 10))
    trust.reach(anna, date(2026, 9, 20), "induction")
    report = trust.report()
    for measure in (Measure.TRAINED, Measure.OVERDUE):
        assert report.trust.totals[measure] == sum(part.totals[measure] or 0 for part in report.parts)
        months = zip(*(part.monthly[measure] for part in report.parts), strict=True)
        assert list(report.trust.monthly[measure]) == [sum(v or 0 for v in month) for month in months]
    assert by_month(report, Measure.TRAINED, trust.scene.directorate_id) == {"2026-09": 1}
    assert report.trust.people == sum(part.people for part in report.parts)
    own = trust.read_by(trust.scene.lead, trust.scene.directorate_id).part(trust.scene.directorate_id)
    assert own == report.part(trust.scene.directorate_id), "a lead reads the figures that the trust's report has"


def test_a_level_past_its_date_is_overdue_and_not_held_and_leave_moves_the_date(trust: Trust) -> None:
    scene = trust.scene
    trust.reach(scene.anna, date(2023, 8, 31))
    trust.reach(scene.ben, date(2023, 8, 31))
    go_on_leave(trust.world, scene.ben, date(2024, 3, 1), date(2024, 9, 1))
    report = trust.report()
    assert report.trust.held["pocket-qi"] == 1, "Ben was away for half of a year"
    assert report.trust.totals[Measure.OVERDUE] == 1
    assert by_month(report, Measure.OVERDUE) == {"2026-09": 1, "2026-10": 1}
    assert trust.report(date(2026, 10, 31)).trust.totals[Measure.OVERDUE] == 1, "the last day of its own last month"
    trust.reach(scene.anna, date(2026, 11, 20))
    report = trust.report()
    assert report.trust.totals[Measure.OVERDUE] == 0
    assert report.trust.held["pocket-qi"] == 2
    assert by_month(report, Measure.OVERDUE) == {"2026-09": 1, "2026-10": 1}, "the months are as they were"


def test_nobody_on_long_leave_is_overdue(trust: Trust) -> None:
    trust.reach(trust.scene.anna, date(2023, 8, 31))
    go_on_leave(trust.world, trust.scene.anna, date(2026, 10, 15))
    assert trust.report().trust.totals[Measure.OVERDUE] == 0


def test_what_was_taken_back_is_held_by_nobody(trust: Trust) -> None:
    trust.reach(trust.scene.anna, date(2026, 9, 3))
    command = WithdrawAward(
        person_id=trust.scene.anna.id, tier="pocket-qi", occurred_on=date(2026, 10, 1), reason="An error"
    )
    with trust.world.db.write() as session:
        withdraw_award(session, trust.world.actor(trust.admin), command, trust.world.now)
    assert trust.report().trust.held["pocket-qi"] == 0
    assert trust.report(date(2026, 9, 30)).trust.held["pocket-qi"] == 1


def test_the_time_from_need_to_completion_is_counted_without_pauses_and_leave(trust: Trust) -> None:
    scene = trust.scene
    trust.at(date(2026, 12, 1))
    scene.decide(scene.anna, scene.ben)
    trust.at(date(2026, 12, 11))
    scene.decide(scene.ben, need=Need.PAUSED, pause_reason=PauseReason.OTHER, due=date(2027, 1, 1))
    trust.at(date(2027, 1, 1))
    scene.decide(scene.ben)
    go_on_leave(trust.world, scene.anna, date(2026, 12, 10), date(2026, 12, 20))
    trust.at(date(2027, 2, 3))
    for person in (scene.anna, scene.ben, scene.stranger):
        trust.reach(person, date(2027, 1, 10))
    part = trust.report().trust
    assert part.monthly[Measure.DAYS][-1] == 24.5, "30 days for Anna, 19 for Ben, none for whom nobody had asked"
    assert part.timed[-1] == 2


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ([], None),
        ([(date(2026, 1, 1), None)], 59),
        ([(date(2026, 3, 2), None)], None),
        ([(date(2026, 3, 1), None)], 0),
        ([(date(2026, 1, 1), date(2026, 2, 1))], None),
        ([(date(2026, 1, 1), date(2026, 1, 11)), (date(2026, 2, 1), None)], 38),
    ],
)
def test_only_days_on_which_it_was_needed_count(asked: list[tuple[date, date | None]], days: int | None) -> None:
    assert waited(asked, date(2026, 3, 1), ()) == days


def test_partners_are_a_number_of_the_trust_and_of_no_directorate(trust: Trust) -> None:
    rosie = trust.world.partner("Rosie")
    trust.reach(rosie, date(2026, 9, 3), "patients-and-carers")
    report = trust.report()
    assert by_month(report, Measure.PARTNERS) == {"2026-09": 1}
    assert by_month(report, Measure.TRAINED) == {}
    assert all(Measure.PARTNERS not in part.monthly for part in report.parts)


def test_out_of_reach_is_as_missing_as_what_is_not_there(trust: Trust) -> None:
    surgery = trust.world.directorate("Surgery").id
    for directorate_id in (surgery, TRUST, 999_999):
        with pytest.raises(NotFoundError):
            trust.read_by(trust.scene.lead, directorate_id)
    with pytest.raises(NotFoundError):
        trust.read_by(trust.board, 999_999)


def test_targets_of_whole_directorates_add_up_and_hours_are_those_confirmed_and_learnt(trust: Trust) -> None:
    world, scene = trust.world, trust.scene
    surgery, larch = world.directorate("Surgery").id, world.team("Larch", "Medicine").id
    with world.db.write() as session:
        for place, kind, value, group in (
            (scene.directorate_id, TargetKind.PER_CENT, 50, ""),
            (surgery, TargetKind.ABSOLUTE, 7, ""),
            (surgery, TargetKind.ABSOLUTE, 1, "Estates and Ancillary"),
        ):
            target = Target(
                directorate_id=place,
                tier="pocket-qi",
                year=2026,
                kind=kind,
                value=value,
                staff_group=group,
                set_by_id=trust.admin.id,
                set_at=world.now,
            )
            session.add(target)
        for number, state in ((9, ReleaseState.CONFIRMED), (10, ReleaseState.CANNOT)):
            month = date(2026, number, 1)
            release = Release(
                team_id=larch,
                tier="pocket-qi",
                needed_month=month,
                month=month,
                minutes=90,
                people=1,
                asked_at=world.now,
                state=state,
                answered_at=world.now,
            )
            session.add(release)
    report = trust.report()
    medicine = report.part(scene.directorate_id)
    assert medicine is not None
    assert medicine.wanted == {"pocket-qi": -(-medicine.people // 2)}
    assert report.trust.wanted == {"pocket-qi": medicine.wanted["pocket-qi"] + 7}
    assert by_month(report, Measure.PROMISED) == {"2026-09": 90}
    assert by_month(report, Measure.PROMISED, scene.directorate_id) == {"2026-09": 90}
    assert trust.report(date(2026, 10, 31)).trust.totals[Measure.PROMISED] == 0, "nobody had confirmed anything then"
    page = document(world.client(trust.board).get("/oversight")).text
    assert f"target {report.trust.wanted['pocket-qi']}" in page
    assert "2 hours in the 12 months to October 2026" in page


def test_what_was_learnt_counts_in_hours_where_the_person_then_worked(world: World) -> None:
    world.load_courses()
    ann = world.hire(team=world.team("Rowan", "Medicine"))
    learn(world, ann, on=date(2026, 9, 9))
    world.move(ann, world.team("Theatre", "Surgery"), date(2026, 9, 20))
    with world.db.read() as session:
        report = report_as_at(session, SYSTEM, world.today)
    found = by_month(report, Measure.GIVEN)
    assert list(found) == ["2026-09"]
    assert found == by_month(report, Measure.GIVEN, world.directorate("Medicine").id)
    assert by_month(report, Measure.GIVEN, world.directorate("Surgery").id) == {}
