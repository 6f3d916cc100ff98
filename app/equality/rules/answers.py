"""What a yearly file says of each employee number. No message repeats a cell: it names its line and its column."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.equality.rules.characteristics import Characteristic
from app.equality.rules.columns import Columns
from app.intake.reading import CellKind, RefusedFileError, Row, Table
from app.intake.rules.values import CellError, employee_number
from app.kernel.names import tidy

LONGEST_GROUP = 60
MOST_GROUPS = 40
RARE = 10
_NUMBER = re.compile(r"[-+]?[\d.,/ -]+%?")
_SOMEBODYS = re.compile(r".*(?:@|\d{4,}|\d[-/.]\d{1,2}[-/.]\d)|[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]")
Said = Mapping[Characteristic, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell, or a row where `column` is its employee number's, that counts as nothing said; and why."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class Answers:
    """`said` by employee number, with the line it stands in. A characteristic about which nothing is said is not in it.

    `rare` are the lines, by column, whose words stand in fewer than ten lines: a slip, or a small group.
    """

    rows: int
    said: Mapping[str, tuple[int, Said]]
    refused: tuple[Refused, ...]
    rare: Mapping[str, tuple[int, ...]]


def answers_of(table: Table, columns: Columns, name: str) -> Answers:
    """Raises RefusedFileError where a column is no groups at all, such as one of birth dates."""
    reader = _Reader(table, columns)
    for row in table.rows:
        reader.take(row)
    for characteristic, words in reader.spellings.items():
        if len(words) > MOST_GROUPS:
            raise RefusedFileError(
                f"{name}: column “{columns.says[characteristic]}” has {len(words):,} different words, and at most "
                f"{MOST_GROUPS} are taken as groups. Bring groups in it, such as age bands, or leave the column out."
            )
    return Answers(len(table.rows), reader.said(), tuple(sorted(reader.refused, key=_line)), reader.rare())


def _line(one: Refused) -> int:
    return one.line


class _Reader:
    def __init__(self, table: Table, columns: Columns) -> None:
        self.columns = columns
        self.number_at = table.columns.index(columns.number)
        self.at = {each: table.columns.index(name) for each, name in columns.says.items()}
        self.spellings: dict[Characteristic, dict[str, Counter[str]]] = {each: defaultdict(Counter) for each in self.at}
        self.refused: list[Refused] = []
        self._found: dict[str, tuple[int, Said]] = {}
        self._twice: set[str] = set()

    def take(self, row: Row) -> None:
        try:
            number = employee_number(row.cells[self.number_at], row.kinds[self.number_at])
        except CellError:
            self._refuse(row.number, self.columns.number, "This is no employee number. Write it as text")
            return
        said = dict(self._said(row))
        before = self._found.get(number)
        if before is None:
            self._found[number] = (row.number, said)
        elif before[1] != said:
            self._twice.add(number)
            why = f"Line {before[0]} has the same number and says something else. Neither counts: take one out"
            self._refuse(row.number, self.columns.number, why)

    def _said(self, row: Row) -> Iterator[tuple[Characteristic, str]]:
        for each, at in self.at.items():
            words, wrong = tidy(row.cells[at]), _wrong(row.cells[at], row.kinds[at])
            if wrong:
                self._refuse(row.number, self.columns.says[each], wrong)
            elif words:
                key = words.casefold()
                self.spellings[each][key][words] += 1
                yield each, key

    def _refuse(self, line: int, column: str, why: str) -> None:
        self.refused.append(Refused(line, column, why))

    def said(self) -> dict[str, tuple[int, Said]]:
        """Each group under the spelling that most lines have."""
        names = {
            each: {key: max(sorted(found), key=found.__getitem__) for key, found in words.items()}
            for each, words in self.spellings.items()
        }
        return {
            number: (line, {each: names[each][key] for each, key in said.items()})
            for number, (line, said) in self._found.items()
            if number not in self._twice
        }

    def rare(self) -> dict[str, tuple[int, ...]]:
        few = {each: {k for k, n in words.items() if n.total() < RARE} for each, words in self.spellings.items()}
        return {
            self.columns.says[each]: lines
            for each, keys in few.items()
            if (lines := tuple(line for line, said in self._found.values() if said.get(each) in keys))
        }


def _wrong(text: str, kind: CellKind) -> str:
    """Why a cell is no group; nothing where it is one, or empty."""
    words = tidy(text)
    if kind is CellKind.ERROR:
        return "The spreadsheet shows an error here. Mend the cell"
    if kind is CellKind.FORMULA:
        return "A formula stands here. Put its value in its place"
    if len(words) > LONGEST_GROUP:
        return f"A group is named in at most {LONGEST_GROUP} characters"
    if kind is CellKind.DATE or _SOMEBODYS.match(words) or (words and _alone(words)):
        return "This is a number, a date or an address, and no group. Write a group, such as the age band 30 to 39"
    return ""


def _alone(words: str) -> bool:
    """A single number: an age, or a code. Two with a dash between them are a band."""
    return bool(_NUMBER.fullmatch(words)) and not re.fullmatch(r"\d{1,3} ?[-–] ?\d{1,3}", words)
