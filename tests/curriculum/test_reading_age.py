"""The measure tells plain from hard, and counts the sounds of words as people say them."""

import pytest

from app.curriculum.checking.reading_age import reading_age, syllables

SOUNDS = {
    1: "use tea watched called whole rules baked friend charge the piece queue times",
    2: "table patient project carer nurses service tables handled watches being wanted going quiet trial chaos",
    3: "improvement idea medicines theory hospital prediction area serious quality video element",
    4: "community experience material situation appreciate medication reliable everybody dialysis",
    5: "laboratory radiology",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, words in SOUNDS.items() for w in words.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count
    assert syllables(f"{word}'ll".title()) == count


def test_plain_words_measure_young_and_hard_words_old() -> None:
    plain = reading_age(["The tea was cold. We had to wait. The man was sad."] * 20)
    hard = reading_age(["Organisational accountability necessitates multidisciplinary collaboration between all."] * 20)
    assert plain is not None
    assert hard is not None
    assert plain < 7
    assert hard > 20


def test_the_formula_is_the_published_one() -> None:
    """Ten sentences of ten one-syllable words: 0.39 × 10 + 11.8 × 1 − 15.59, and five."""
    age = reading_age([" ".join(["cat"] * 10) + "."] * 10)
    assert age == pytest.approx(0.39 * 10 + 11.8 - 15.59 + 5)


def test_of_a_few_words_nothing_is_said() -> None:
    assert reading_age(["The tea was cold."]) is None
    assert reading_age([]) is None
    assert reading_age(["1, 2, 3!"] * 100) is None
