"""What the program knows of people's learning at one moment: all that a plan of past learning may depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from app.intake.rules.past.decisions import course_key
from app.learning.rules import AwardEventKind

PersonAndCourse = tuple[int, int]
PersonAndTier = tuple[int, str]


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition that can be completed. `asks` are its required activities: id and minutes."""

    id: int
    number: int
    asks: tuple[tuple[int, int], ...]
    awards: str | None
    level: str
    """The title of the tier that it awards."""
    validity_months: int | None


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """A course for staff, by every name that it goes by. `newest` is the newest edition that can be completed."""

    id: int
    slug: str
    title: str
    names: tuple[str, ...]
    editions: tuple[KnownEdition, ...]

    @property
    def newest(self) -> KnownEdition | None:
        return max(self.editions, key=lambda edition: edition.number, default=None)

    def edition(self, number: int) -> KnownEdition | None:
        return next((e for e in self.editions if e.number == number), None)

    def by_id(self, edition_id: int) -> KnownEdition | None:
        return next((e for e in self.editions if e.id == edition_id), None)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: int
    name: str
    list_name: str


@dataclass(frozen=True, slots=True)
class KnownEnrolment:
    """`completed_on` is None while it is open. `last_done` is the last day on which something counted for it."""

    id: int
    edition_id: int
    counts_from: date | None
    started_at: datetime | None
    completed_on: date | None
    last_done: date | None = None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """Something that happened to a level that somebody holds or held."""

    kind: AwardEventKind
    on: date
    until: date | None


@dataclass(frozen=True)
class PastPicture:
    """`seen` counts by person the deeds on what stands here, and `words` is the newest revision of any course: both
    tell this picture from a later one. `imported` are the days already taken from lists; `items` what is evidence
    already: person and source key."""

    today: date
    words: int = 0
    seen: Mapping[int, int] = field(default_factory=dict)
    courses: tuple[KnownCourse, ...] = ()
    by_number: Mapping[str, KnownPerson] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()
    """Employee numbers of which HR said that they are that person's, under whatever name."""
    enrolments: Mapping[PersonAndCourse, tuple[KnownEnrolment, ...]] = field(default_factory=dict)
    imported: Mapping[PersonAndCourse, frozenset[date]] = field(default_factory=dict)
    events: Mapping[PersonAndTier, tuple[KnownEvent, ...]] = field(default_factory=dict)
    awards: Mapping[PersonAndTier, int] = field(default_factory=dict)
    items: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def by_name(self) -> dict[str, KnownCourse]:
        """Courses by each of their names, folded; a name that two courses go by is none."""
        found: dict[str, KnownCourse | None] = {}
        for course in self.courses:
            for key in {course_key(name) for name in course.names}:
                found[key] = course if found.get(key, course) is course else None
        return {key: course for key, course in found.items() if course}
