"""Every date of a level explains itself: what it rests on, which rule gave it, which leave moved it."""

from datetime import date

import pytest

from app.learning.life_wording import explained, stages
from app.learning.rules import Holding, add_months

TODAY = date(2026, 11, 23)
RESTS = "3 March 2025, Pocket QI edition 2"
LATER = f"{RESTS}; refresh by 3 March 2028 (3 years later)"
NAMES = {7: "Pocket QI edition 2"}


def holding(**more: object) -> Holding:
    came = date(2025, 3, 3)
    values: dict[str, object] = {
        "award_id": 1,
        "granted_on": came,
        "valid_until": add_months(came, 36),
        "edition_id": 7,
        "source": "course pocket-qi, edition 2",
        "first_granted_on": came,
    }
    return Holding(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Completed 3 March 2025, Pocket QI edition 2; refresh by 3 March 2028 (3 years later)."),
        ({"valid_until": None}, "Completed 3 March 2025, Pocket QI edition 2; it does not lapse."),
        (
            {"edition_id": None, "source": "recognised: QSIR, 3 March 2025"},
            "Completed 3 March 2025, recognised: QSIR, 3 March 2025; refresh by 3 March 2028 (3 years later).",
        ),
        (
            {"valid_until": date(2028, 7, 3), "moved": 122},
            f"Completed {RESTS}; refresh by 3 July 2028 (3 years later, moved by 122 days of leave).",
        ),
        (
            {"valid_until": date(2026, 9, 3)},
            "Completed 3 March 2025, Pocket QI edition 2; was to be refreshed by 3 September 2026 (18 months later).",
        ),
        (
            {"valid_until": date(2027, 1, 31)},
            "Completed 3 March 2025, Pocket QI edition 2; refresh by 31 January 2027 (a day that was set for it).",
        ),
        (
            {"first_granted_on": date(2022, 2, 1), "applied_on": date(2025, 5, 5)},
            f"Completed 1 February 2022, refreshed {LATER}; used in practice 5 May 2025.",
        ),
    ],
)
def test_the_sentence_names_what_the_dates_rest_on(more: dict[str, object], said: str) -> None:
    assert explained(holding(**more), NAMES, TODAY) == said


def test_a_leap_day_is_still_so_many_years() -> None:
    came = date(2024, 2, 29)
    held = holding(granted_on=came, first_granted_on=came, valid_until=add_months(came, 36))
    assert "refresh by 28 February 2027 (3 years later)" in explained(held, NAMES, TODAY)


def test_the_steps_say_in_words_and_shape_what_is_done_and_what_comes() -> None:
    assert [(s.words, s.mark) for s in stages(holding(), TODAY)] == [
        ("Completed 3 March 2025", "done"),
        ("Not yet used in practice", "next"),
        ("Refresh by 3 March 2028", "next"),
    ]
    used = holding(applied_on=date(2025, 5, 5), valid_until=None)
    assert [(s.words, s.mark) for s in stages(used, TODAY)][1:] == [
        ("Used in practice 5 May 2025", "done"),
        ("Does not lapse", "done"),
    ]


def test_a_level_past_its_date_stays_completed_and_leave_makes_nobody_late() -> None:
    late = holding(valid_until=date(2026, 9, 3))
    assert [s.mark for s in stages(late, TODAY)] == ["done", "next", "late"]
    assert stages(late, TODAY)[2].words == "Refresh overdue since 3 September 2026"
    assert stages(late, TODAY, away=True)[2].words == "To be refreshed after leave"


def test_what_was_told_and_not_confirmed_is_under_way() -> None:
    assert stages(holding(), TODAY, told="Told on 1 May")[1].mark == "now"
