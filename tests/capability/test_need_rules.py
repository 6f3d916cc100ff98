"""Whom a rule is about, by when it asks, and what it changes: against the plainest way to say the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capability.ladder import and_above, is_on, reaches
from app.capability.need_rules import (
    By,
    Conditions,
    DueFrom,
    Open,
    Post,
    Rule,
    Unit,
    due_on,
    effect,
    joined,
    problems_with,
    touches,
)
from app.capability.rules import Need, NeedSource
from app.organisation.rules import BANDS, MEDICAL_GRADES, STAFF_GROUPS

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), TODAY)
ROLES = ("Staff Nurse", "Matron", "Consultant psychiatrist")
EVERY_BAND = (*BANDS, *MEDICAL_GRADES, "", "Band 8A", "ad hoc")


def few(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=3, unique=True).map(tuple)


CONDITIONS = st.builds(
    Conditions,
    staff_groups=few(STAFF_GROUPS),
    job_roles=few(ROLES),
    bands=few((*BANDS, *MEDICAL_GRADES)),
    band_from=st.sampled_from(("", *BANDS)),
    manages=st.booleans(),
    joined_within=st.none() | st.integers(1, 730),
)
POSTS = st.builds(
    Post,
    person_id=st.just(7),
    directorate_id=st.integers(1, 2),
    team_id=st.integers(1, 3),
    staff_group=st.sampled_from(STAFF_GROUPS),
    job_role=st.sampled_from(ROLES),
    band=st.sampled_from(EVERY_BAND),
    joined_on=DAYS,
    manages=st.booleans(),
)
BYS = st.one_of(
    st.builds(By, st.just(DueFrom.DATE), st.dates(TODAY, date(2030, 1, 1))),
    st.builds(
        By,
        st.sampled_from((DueFrom.REACHED, DueFrom.JOINED)),
        st.none(),
        st.integers(1, 36),
        st.sampled_from(Unit),
    ),
)
RULES = st.builds(
    Rule,
    id=st.integers(1, 3),
    tier=st.just("pocket-qi"),
    directorate_id=st.none() | st.integers(1, 2),
    team_id=st.none() | st.integers(1, 3),
    conditions=CONDITIONS,
    by=BYS,
    began_on=DAYS,
)
OPEN = st.builds(
    Open,
    requirement_id=st.integers(1, 99),
    need=st.sampled_from(Need),
    due=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    source=st.sampled_from(NeedSource),
    rule_id=st.none(),
).map(lambda o: o._replace(rule_id=o.requirement_id % 4, need=Need.REQUIRED) if o.source is NeedSource.RULE else o)


@given(RULES, POSTS)
def test_a_rule_is_about_whoever_fits_every_condition_that_is_set(rule: Rule, post: Post) -> None:
    c, order = rule.conditions, {band.lower(): i for i, band in enumerate(BANDS)}
    band = post.band.lower().removeprefix("band ")
    wrong = [
        rule.directorate_id is not None and post.directorate_id != rule.directorate_id,
        rule.team_id is not None and post.team_id != rule.team_id,
        bool(c.staff_groups) and post.staff_group not in c.staff_groups,
        bool(c.job_roles) and post.job_role not in c.job_roles,
        c.manages and not post.manages,
        c.joined_within is not None and (TODAY - post.joined_on).days >= c.joined_within,
    ]
    if c.bands or c.band_from:
        named = band in {b.lower() for b in c.bands}
        above = bool(c.band_from) and order.get(band, -1) >= order[c.band_from.lower()]
        wrong.append(not named and not above)
    assert touches(rule, post, TODAY) is not any(wrong)


def test_band_8a_and_above_ends_with_vsm_and_never_reaches_a_medical_grade() -> None:
    assert and_above("8a") == ("8a", "8b", "8c", "8d", "9", "VSM")
    assert [grade for grade in MEDICAL_GRADES if reaches(grade, "2", ())] == []
    assert reaches("Consultant", "8a", ("Consultant",)), "a grade that is chosen by name counts"
    assert and_above("Consultant") == (), "it has no above"
    assert not is_on("Consultant")
    assert reaches("Band 8A", "8a", ())
    assert not reaches("", "2", ()), "no band is recorded: the rule does not guess"


@given(RULES, DAYS, DAYS)
def test_no_rule_asks_for_a_day_that_has_passed_when_it_reaches_somebody(
    rule: Rule, joined_on: date, reached_on: date
) -> None:
    due = due_on(rule, joined_on, reached_on)
    assert due >= reached_on
    assert due == due_on(rule, joined_on, reached_on), "the same facts give the same day, on every run"


def test_the_date_is_counted_from_what_the_rule_says() -> None:
    blank = Rule(1, "pocket-qi", None, None, Conditions(manages=True), By(DueFrom.DATE, date(2027, 3, 31)), TODAY)
    joined_on, reached_on = date(2026, 11, 1), TODAY
    for by, due in (
        (By(DueFrom.DATE, date(2027, 3, 31)), date(2027, 3, 31)),
        (By(DueFrom.REACHED, many=3), date(2027, 2, 23)),
        (By(DueFrom.JOINED, many=6, unit=Unit.WEEKS), date(2026, 12, 13)),
        (By(DueFrom.JOINED, many=2, unit=Unit.WEEKS), TODAY + timedelta(days=28)),
    ):
        assert due_on(blank._replace(by=by), joined_on, reached_on) == due
    late = date(2027, 3, 20)
    assert due_on(blank, joined_on, late) == late + timedelta(days=28), "reached eleven days before: four weeks"


@given(st.none() | OPEN, st.lists(st.tuples(st.dates(TODAY, date(2028, 1, 1)), RULES), max_size=3), st.booleans())
def test_an_effect_makes_it_so_and_a_second_finds_nothing_to_do(
    found: Open | None, asking: list[tuple[date, Rule]], held: bool
) -> None:
    asking = list({rule.id: (due, rule) for due, rule in asking}.values())
    change = effect(7, "pocket-qi", found, asking, TODAY, held=held)
    after = found
    if change:
        assert change.ends == (found.requirement_id if found else 0)
        after = None
        if change.rule:
            after = Open(1_000, Need.REQUIRED, change.due, NeedSource.RULE, change.rule.id)
    assert effect(7, "pocket-qi", after, asking, TODAY, held=held) is None
    own = found and found.source is not NeedSource.RULE and found.need is not Need.WAIVED
    if own:
        assert after == found, "what a lead decided stays"
    if held:
        assert after in {found, None}
        assert not (change and change.rule), "who holds the level is asked nothing"
        assert found is None or found.need is Need.WAIVED or after == found
    elif not own and after and after.source is NeedSource.RULE:
        assert after.rule_id in {rule.id for _, rule in asking}


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), min_size=1, max_size=6))
def test_joined_is_the_first_day_after_the_last_gap(lengths: list[tuple[int, int]]) -> None:
    """Posts one after the other, with so many days between each and the next."""
    day = date(2015, 1, 1)
    spells: list[tuple[date, date | None]] = []
    for gap, length in lengths:
        begins = day + timedelta(days=gap)
        day = begins + timedelta(days=length)
        spells.append((begins, day))
    last = spells[-1]
    spells[-1] = (last[0], None)
    since = max(i for i, (gap, _) in enumerate(lengths) if gap or i == 0)
    assert joined(spells, TODAY) == spells[since][0]


@pytest.mark.parametrize(
    ("conditions", "by", "wrong"),
    [
        (Conditions(), By(DueFrom.DATE, TODAY), {"staff_groups"}),
        (Conditions(manages=True), By(DueFrom.DATE), {"due"}),
        (Conditions(manages=True), By(DueFrom.DATE, TODAY - timedelta(days=1)), {"due"}),
        (Conditions(manages=True), By(DueFrom.REACHED), {"many"}),
        (Conditions(manages=True), By(DueFrom.JOINED, many=105, unit=Unit.WEEKS), {"many"}),
        (Conditions(joined_within=0), By(DueFrom.DATE, TODAY), {"joined_within"}),
        (Conditions(band_from="8a"), By(DueFrom.DATE, TODAY), set()),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_by_field(conditions: Conditions, by: By, wrong: set[str]) -> None:
    assert problems_with(conditions, by, TODAY).keys() == wrong
