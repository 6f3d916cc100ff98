"""What HR of the demonstration counted of last year: answers drawn by chance for people who do not exist."""

import csv
import io
from datetime import datetime
from random import Random

from app.access.actor import Actor
from app.equality.commands import draft_year, keep_year
from app.equality.queries.people import in_post_on
from app.equality.rules.characteristics import last_of, years_offered
from app.equality.working import read_year
from app.kernel.db import Database

SEED = 20264
NAME = "demonstration-equality-2026.csv"
NOT_IN_THE_FILE = 0.12
COLUMNS: dict[str, dict[str, int]] = {
    "Sex": {"Female": 72, "Male": 28},
    "Age Band": {"Under 30": 17, "30 to 39": 26, "40 to 49": 24, "50 to 59": 23, "60 and over": 10},
    "Ethnic Group": {
        "White": 62, "Black, Black British, Caribbean or African": 14, "Asian or Asian British": 12,
        "Mixed or multiple ethnic groups": 4, "Other ethnic group": 3, "Prefer not to say": 5,
    },
    "Disability": {"No": 78, "Yes": 9, "Prefer not to say": 5, "": 8},
    "Religion or Belief": {
        "Christianity": 42, "No religion": 27, "Islam": 8, "Hinduism": 3, "Sikhism": 1, "Judaism": 1, "Buddhism": 1,
        "Prefer not to say": 17,
    },
    "Sexual Orientation": {
        "Heterosexual or straight": 76, "Gay or lesbian": 3, "Bisexual": 2, "Prefer not to say": 12, "": 7,
    },
}  # fmt: skip


def count_last_year(db: Database, hr: Actor, now: datetime) -> None:
    """HR's own way, from a file to counts that are kept. The answers are forgotten with the file."""
    year = years_offered(now.date())[0]
    with db.snapshot() as session:
        numbers = sorted(in_post_on(session, last_of(year)).by_number)
        found = read_year(session, _written(numbers), NAME, year)
    with db.write() as session:
        draft = draft_year(session, hr, found, now)
        keep_year(session, hr, draft, now)


def _written(numbers: list[str]) -> bytes:
    random = Random(SEED)  # noqa: S311  a story, not a secret
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(("Employee Number", *COLUMNS))
    for number in numbers:
        answers = [random.choices(list(groups), list(groups.values()))[0] for groups in COLUMNS.values()]
        if random.random() > NOT_IN_THE_FILE:
            lines.writerow((number, *answers))
    return written.getvalue().encode()
