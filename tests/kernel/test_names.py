"""Names stay as people write them, and are found by whoever cannot type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.names import folded, tidy

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("O'Neill", "oneill"),
        ("O’Neill", "oneill"),
        ("O'Neill", "O’NEILL"),
        ("Ó Súilleabháin", "o suilleabhain"),
        ("Nguyễn", "nguyen"),
        ("Đặng", "dang"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("Straße", "strasse"),
        ("Smith-Jones", "smith jones"),
        ("Şahin", "sahin"),
        ("İpek", "ipek"),
        ("Işık", "isik"),
        ("ﬁona", "fiona"),
    ],
)
def test_a_name_is_found_by_its_plain_letters(typed: str, looked_for: str) -> None:
    assert folded(typed) == folded(looked_for) == looked_for.casefold().replace("’", "")


def test_names_of_other_scripts_keep_their_letters() -> None:
    assert folded("李 明") == "李 明"
    assert folded("Иван") == "иван"


def test_different_names_stay_different() -> None:
    assert folded("Anna") != folded("Anne")


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Mary   Jones ", "Mary Jones"),
        ("Mary\tJones", "Mary Jones"),
        ("Mary\r\nJones", "Mary Jones"),
        ("Mary\u00a0Jones", "Mary Jones"),
        ("Mary\x00Jones", "Mary Jones"),
        ("\u202eyraM\u202c", "yraM"),
        ("\ufeffMary", "Mary"),
        ("e\u200b\u0301", "é"),
        ("Mary\x85Jones", "Mary Jones"),
        ("Ma\u00adry", "Mary"),
        ("\ud800Mary", "Mary"),
        ("نیما\u200cجان", "نیما\u200cجان"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_of_a_name(pasted: str, kept: str) -> None:
    assert tidy(pasted) == kept


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(ANY_TEXT)
def test_a_tidy_name_is_one_composed_line_that_can_be_stored(text: str) -> None:
    kept = tidy(text)
    assert kept == unicodedata.normalize("NFC", kept) == " ".join(kept.split())
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in kept)
    kept.encode()


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(ANY_TEXT)
def test_composed_and_decomposed_spellings_are_one_name(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
