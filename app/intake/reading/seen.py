"""What a sheet holds beside its values, which a person who looks at it may not see."""

from dataclasses import dataclass, field

from app.intake.reading.naming import MOST_NAMED, listed


@dataclass(slots=True)
class Places:
    """How many there are, and where the first of them stand: F2, or A2:A9."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, place: str) -> None:
        self.count += 1
        if self.count <= MOST_NAMED:
            self.first.append(place)

    @property
    def words(self) -> str:
        more = self.count - len(self.first)
        return listed([*self.first, f"{more:,} more"] if more else self.first)


@dataclass(slots=True)
class Seen:
    """What stood in the sheet beside its values. Hidden rows are numbers, hidden columns indexes from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: Places = field(default_factory=Places)
    formulas: Places = field(default_factory=Places)
    errors: Places = field(default_factory=Places)
