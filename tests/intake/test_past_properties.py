"""Any list on any record: what the preview says is what is done, twice is once, and nobody holds less than before."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.intake.importing_past import PastPreview
from app.learning.queries import holdings
from app.organisation.models import Person
from app.organisation.queries import posts_of
from tests.intake.past_list import Bringing, learn_here, row
from tests.world import World

PEOPLE = 3
COURSES = ("Pocket QI", "pocket-qi", "induction", "Improvement Leaders", "Fire Safety", "FIRE  safety!")
RESULTS = ("", "Completed", "Did not attend", "Perhaps")
days = st.dates(date(2018, 1, 1), date(2026, 11, 1)).map(lambda day: day.replace(day=min(day.day, 3)))
few_days = st.sampled_from([date(2019, 5, 1), date(2022, 5, 2), date(2025, 5, 1), date(2026, 3, 2), date(2026, 8, 3)])
lines: st.SearchStrategy[dict[str, object]] = st.builds(
    dict,
    who=st.integers(0, PEOPLE),
    course=st.sampled_from(COURSES),
    on=st.one_of(few_days, days),
    result=st.sampled_from(RESULTS),
    minutes=st.sampled_from(["", "0", "45", "2 hours", "1:30"]),
    edition=st.sampled_from(["", "", "", "99"]),
)
records = st.lists(
    st.sampled_from(["nothing", "part", "whole", "again", "left"]), min_size=PEOPLE, max_size=PEOPLE
)  # fmt: skip


@pytest.fixture
def hr(world: World) -> Bringing:
    world.load_courses()
    return Bringing(world)


def people(hr: Bringing, said: list[str]) -> list[Person]:
    found = []
    for record in said:
        person = hr.world.hire()
        if record in {"part", "whole", "again"}:
            learn_here(hr.world, person, date(2026, 3, 2), last=2 if record == "part" else None)
        if record == "again":
            learn_here(hr.world, person, date(2026, 8, 3), last=1, again=True)
        if record == "left":
            hr.world.leave(person, date(2026, 9, 1))
        found.append(person)
    return found


def listed(hr: Bringing, found: list[Person], said: list[dict[str, object]]) -> list[dict[str, str]]:
    numbers = [*(_number(hr, person) for person in found), "404"]
    return [
        row(numbers[int(str(one["who"]))], str(one["course"]), str(one["on"]), result=str(one["result"]),
            minutes=str(one["minutes"]), edition=str(one["edition"]))
        for one in said
    ]  # fmt: skip


def _number(hr: Bringing, person: Person) -> str:
    with hr.world.db.read() as session:
        return posts_of(session, person.id)[0].employee_number or ""


def held(hr: Bringing, found: list[Person]) -> dict[tuple[int, str, date], date]:
    """The last day of every level on some days; the last of all where it never lapses."""
    on = [date(2018, 6, 1) + timedelta(days=150 * n) for n in range(24)]
    state: dict[tuple[int, str, date], date] = {}
    with hr.world.db.read() as session:
        for day in on:
            for person, tiers in holdings(session, [one.id for one in found], day).items():
                state |= {(person, t, day): h.valid_until or date.max for t, h in tiers.items() if not h.withdrawn}
    return state


def as_kept(shown: PastPreview) -> list[tuple[object, ...]]:
    return [(x.kind, x.number, x.course, x.on, x.says) for x in shown.plan.lines]


@pytest.mark.slow
def test_a_preview_is_what_is_done_twice_is_once_and_nobody_holds_less(hr: Bringing) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(records, st.lists(lines, max_size=9))
    def holds(said: list[str], rows: list[dict[str, object]]) -> None:
        found = people(hr, said)
        file = listed(hr, found, rows)
        before = held(hr, found)
        untouched = {one.id: [e for e in hr.enrolments(one.id) if e[3]] for one in found}
        shown = hr.do(*file) if file else None
        if shown is None:
            return
        assert hr.kept() == as_kept(shown)
        plan = shown.plan
        named = [x.row for x in plan.lines] + [x.row for x in (*plan.unchanged, *plan.left_out)]
        assert len({*named, *(p.row for p in plan.problems)}) == len(file), "no row is forgotten"
        after = held(hr, found)
        assert all(after[key] >= until for key, until in before.items())
        for one in found:
            assert set(untouched[one.id]) <= set(hr.enrolments(one.id))
        state = hr.everything()
        again = hr.do(*file)
        assert again.plan.lines == ()
        assert hr.everything() == state

    holds()
