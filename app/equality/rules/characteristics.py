"""The nine protected characteristics of the Equality Act 2010, and the years for which HR counts by them."""

from datetime import date
from enum import StrEnum

from app.planning.rules import financial_year, year_end

YEARS_OFFERED = 2


class Characteristic(StrEnum):
    AGE = "age"
    DISABILITY = "disability"
    GENDER_REASSIGNMENT = "gender_reassignment"
    MARRIAGE = "marriage"
    PREGNANCY = "pregnancy"
    RACE = "race"
    RELIGION = "religion"
    SEX = "sex"
    ORIENTATION = "orientation"


TITLES = {
    Characteristic.AGE: "Age",
    Characteristic.DISABILITY: "Disability",
    Characteristic.GENDER_REASSIGNMENT: "Gender reassignment",
    Characteristic.MARRIAGE: "Marriage and civil partnership",
    Characteristic.PREGNANCY: "Pregnancy and maternity",
    Characteristic.RACE: "Race (ethnic group)",
    Characteristic.RELIGION: "Religion or belief",
    Characteristic.SEX: "Sex",
    Characteristic.ORIENTATION: "Sexual orientation",
}


def years_offered(today: date) -> tuple[int, ...]:
    """The financial years that have ended and can be counted, the last one first, by the year in which they begin."""
    return tuple(financial_year(today) - ago for ago in range(1, YEARS_OFFERED + 1))


def first_of(year: int) -> date:
    return date(year, 4, 1)


def last_of(year: int) -> date:
    return year_end(year)


def year_words(year: int) -> str:
    """2025 → 2025/26"""
    return f"{year}/{(year + 1) % 100:02}"
