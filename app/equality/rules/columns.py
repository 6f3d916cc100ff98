"""Which column of a yearly file says what: by its header alone, in the words that HR systems use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.equality.rules.characteristics import TITLES, Characteristic
from app.intake.reading import RefusedFileError
from app.intake.rules.columns import listed
from app.kernel.names import folded

NUMBER = (
    "employee number", "employee no", "emp number", "emp no", "employee id", "staff number", "staff no", "esr number",
    "esr employee number", "payroll number", "personnel number", "assignment employee number",
)  # fmt: skip
SYNONYMS: Mapping[Characteristic, tuple[str, ...]] = {
    Characteristic.AGE: ("age band", "age group", "age range", "age"),
    Characteristic.DISABILITY: ("disability", "disabled", "disability status", "disability flag", "disability yn"),
    Characteristic.GENDER_REASSIGNMENT: (
        "gender reassignment", "gender identity same as at birth", "gender same as at birth", "gender identity",
        "trans",
    ),
    Characteristic.MARRIAGE: (
        "marriage and civil partnership", "marriage or civil partnership", "marital status", "civil status",
    ),
    Characteristic.PREGNANCY: ("pregnancy and maternity", "pregnancy or maternity", "maternity"),
    Characteristic.RACE: ("ethnic group", "ethnicity", "ethnic origin", "ethnic origin group", "race"),
    Characteristic.RELIGION: ("religion or belief", "religion and belief", "religious belief", "religion", "belief"),
    Characteristic.SEX: ("sex", "legal sex", "gender"),
    Characteristic.ORIENTATION: ("sexual orientation", "orientation"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """The names as the header has them. `unread` are all others: what stands under them is never looked at."""

    number: str
    says: Mapping[Characteristic, str]
    unread: tuple[str, ...]


def columns_of(header: Sequence[str], name: str) -> Columns:
    """Raises RefusedFileError where the employee number, or every characteristic, is missing."""
    by_words = {folded(each): each for each in reversed(header)}
    number = _found(by_words, NUMBER)
    if not number:
        raise RefusedFileError(
            f"{name} has no column for the employee number. Its columns are: {listed(header)}. Name the column with it "
            "“Employee Number”, and bring the file again."
        )
    says = {each: found for each, words in SYNONYMS.items() if (found := _found(by_words, words))}
    if not says:
        raise RefusedFileError(
            f"{name} has no column for any protected characteristic. Its columns are: {listed(header)}. Name at least "
            f"one of them as the Equality Act does, such as {listed(list(TITLES.values())[:3])} or Sex, and bring the "
            "file again."
        )
    read = {number, *says.values()}
    return Columns(number, says, tuple(each for each in header if each not in read))


def _found(by_words: Mapping[str, str], words: Sequence[str]) -> str:
    return next((by_words[each] for each in words if each in by_words), "")
