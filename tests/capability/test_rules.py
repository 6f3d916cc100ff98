"""What a cell of the grid says and counts as, whatever was decided and however far somebody is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capability.board import Which, kinds_of
from app.capability.rules import (
    HELD,
    Gap,
    Held,
    Need,
    NeedSource,
    PauseReason,
    Progress,
    Standing,
    State,
    gap,
    is_overdue,
    pause_is_over,
    places_offered,
    problems_with,
    progress_of,
)
from app.capability.wording import brief_day, need_brief, need_words, progress_brief, progress_words

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    state = draw(st.sampled_from(State))
    dated = state not in {State.NOT_STARTED, State.WAITING, State.LEARNING}
    of = draw(st.integers(1, 12))
    progress = Progress(state, draw(DAYS) if dated else None, draw(st.integers(0, of)), of)
    need = draw(st.sampled_from([None, *Need]))
    due = (
        draw(DAYS) if need in {Need.PAUSED, Need.WAIVED} else draw(st.none() | DAYS) if need is Need.REQUIRED else None
    )
    source = draw(st.sampled_from(NeedSource)) if need else None
    pause = draw(st.sampled_from(PauseReason)) if need is Need.PAUSED else None
    return Standing(progress, 1 if need else 0, need, due, source, pause, draw(st.booleans()), draw(st.booleans()))


@given(standings())
def test_each_cell_is_exactly_one_kind_of_need(standing: Standing) -> None:
    needs = {Which.REQUIRED, Which.NOT_REQUIRED, Which.PAUSED, Which.PAUSE_OVER, Which.WAIVED, Which.UNDECIDED}
    assert len(kinds_of(standing, TODAY) & needs) == 1


@given(standings())
def test_what_is_required_is_completed_or_a_gap_and_a_gap_is_started_or_not(standing: Standing) -> None:
    kinds = kinds_of(standing, TODAY)
    assert (Which.REQUIRED in kinds) == (len(kinds & {Which.COMPLETED, Which.GAP}) == 1)
    assert (Which.GAP in kinds) == (len(kinds & {Which.STARTED, Which.NOT_STARTED}) == 1)
    assert (Which.GAP in kinds) == (gap(standing) is not Gap.NONE)
    assert (Which.GAP in kinds) == (standing.need is Need.REQUIRED and standing.progress.state not in HELD)
    assert (Which.NO_PLACE in kinds) == (gap(standing) is Gap.SUPPLY)
    assert (Which.OVERDUE in kinds) == is_overdue(standing, TODAY)


@given(standings())
def test_every_cell_has_words_for_both_its_parts(standing: Standing) -> None:
    overdue = is_overdue(standing, TODAY)
    said = [need_brief(standing, TODAY), progress_brief(standing, TODAY, overdue=overdue)]
    said += [
        need_words(standing.need, standing.due, TODAY),
        progress_words(standing.progress, offered=standing.offered),
    ]
    assert all(words and "None" not in words for words in said)
    assert not (overdue and "Past date" not in said[1]) or standing.progress.state in HELD


@given(DAYS, st.none() | DAYS, st.none() | st.tuples(st.integers(0, 4), st.integers(4, 8)), DAYS)
def test_who_holds_a_level_is_never_shown_as_not_started(
    since: date, until: date | None, learning: tuple[int, int] | None, today: date
) -> None:
    state = progress_of(Held(since, until), learning, today).state
    lapsed = until is not None and until < today
    assert (state in HELD) == (not lapsed)
    assert not lapsed or state is (State.LEARNING if learning else State.REFRESH_OVERDUE)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, State.REFRESH_OVERDUE), (0, State.REFRESH_BY), (180, State.REFRESH_BY), (200, State.COMPLETED)],
)
def test_a_level_says_refresh_by_half_a_year_ahead_and_overdue_the_day_after(days: int, state: State) -> None:
    assert progress_of(Held(date(2023, 11, 1), TODAY + timedelta(days=days)), None, TODAY).state is state


def test_without_a_place_on_offer_the_gap_is_the_trusts() -> None:
    missing = Standing(need=Need.REQUIRED, due=date(2026, 10, 31), offered=places_offered("cohort"))
    assert gap(missing) is Gap.SUPPLY
    assert progress_brief(missing, TODAY, overdue=True) == "Past date: no place offered"
    assert gap(missing._replace(offered=places_offered("course"))) is Gap.PERSON
    assert gap(missing._replace(offered=places_offered("cohort", cohorts=True))) is Gap.PERSON
    assert gap(missing._replace(progress=Progress(State.BOOKED, TODAY))) is Gap.PERSON


def test_a_pause_runs_out_on_its_day_and_asks_for_a_decision() -> None:
    assert not pause_is_over(Need.PAUSED, TODAY + timedelta(days=1), TODAY)
    assert pause_is_over(Need.PAUSED, TODAY, TODAY)
    assert need_words(Need.PAUSED, TODAY, TODAY) == "Pause ended 23 November 2026"


def test_a_short_date_has_its_year_when_it_would_mislead() -> None:
    assert brief_day(date(2027, 3, 31), TODAY) == "31 Mar"
    assert brief_day(date(2028, 3, 31), TODAY) == "31 Mar 2028"
    assert brief_day(date(2025, 10, 31), TODAY) == "31 Oct 2025"
    assert brief_day(TODAY - timedelta(days=60), TODAY).endswith(f"{(TODAY - timedelta(days=60)).year}")


@pytest.mark.parametrize(
    ("need", "due", "pause", "wrong"),
    [
        (None, None, None, {"need"}),
        (Need.REQUIRED, None, None, {"due"}),
        (Need.REQUIRED, TODAY - timedelta(days=1), None, {"due"}),
        (Need.REQUIRED, TODAY + timedelta(days=3000), None, {"due"}),
        (Need.PAUSED, TODAY, None, {"due", "pause_reason"}),
        (Need.NOT_REQUIRED, None, None, set()),
        (Need.REQUIRED, TODAY, None, set()),
        (Need.PAUSED, TODAY + timedelta(days=1), PauseReason.CARER, set()),
    ],
)
def test_each_field_that_cannot_be_is_named(
    need: Need | None, due: date | None, pause: PauseReason | None, wrong: set[str]
) -> None:
    assert problems_with(need, due, pause, "", TODAY).keys() == wrong
