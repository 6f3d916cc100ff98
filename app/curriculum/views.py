"""A course as one revision has it: immutable values, safe to keep in memory and to share between requests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from app.curriculum.framework import TierPath
from app.curriculum.rules import QUIZ_KINDS, ActivityKind, Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    slug: str
    title: str
    short: str
    for_whom: str
    summary: str
    position: int
    validity_months: int | None
    release_minutes: int
    audience: Audience
    in_matrix: bool
    delivered: str
    path: TierPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    id: str
    text: str
    competency: str
    competency_title: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A taught session in outline. Its plan and slides are for those who teach (`queries.pack_pages`)."""

    key: str
    title: str
    kind: str
    minutes: int
    participatory_minutes: int
    about: str
    objectives: tuple[Objective, ...]
    has_slides: bool
    handouts: tuple[tuple[str, str], ...]
    """Key and title of each."""


@dataclass(frozen=True, slots=True)
class PackPageView:
    """A page of a session's pack. Only a handout's `html` may travel to learners; `notes` never."""

    key: str
    title: str
    html: str
    notes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    term: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence that a patient partner rates before and after."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityView:
    """Something to do. Which fields are filled depends on `kind`; the others are empty."""

    id: int
    key: str
    kind: ActivityKind
    module: str
    title: str
    minutes: int
    participatory_minutes: int
    required: bool
    """Whether the course cannot be completed without it."""
    quiz: str
    quiz_title: str
    quiz_intro: str
    draw: int | None
    """How many questions an attempt draws; None: all of them, in the file's order."""
    blueprint: Mapping[str, int]
    """Objective → how many of the questions drawn are on it; empty where any question may be drawn."""
    pass_mark: int | None
    attempts: int | None
    """How many tries there are; None: as many as one likes."""
    prompt: str
    hint: str
    readers: str
    may_share: bool
    after_days: int | None
    """Days after the completion of the course at which this is asked; None: at any time."""
    items: tuple[str, ...]
    statements: tuple[Statement, ...]
    guide: str
    """The marking guide of a task, by its file's name."""
    time_limit: int | None
    """Minutes from the start of an attempt; None: as long as one likes."""
    statement: str
    """What a supervisor or coach confirms."""
    signer: str
    """Who may: supervisor, coach or either."""

    @property
    def is_quiz(self) -> bool:
        return self.kind in QUIZ_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleView:
    key: str
    number: int
    title: str
    about: str
    opens_later: bool
    has_easy_read: bool
    objectives: tuple[Objective, ...]
    activities: tuple[ActivityView, ...]

    @property
    def minutes(self) -> int:
        return sum(a.minutes for a in self.activities)

    @property
    def participatory_minutes(self) -> int:
        return sum(a.participatory_minutes for a in self.activities)


@dataclass(frozen=True, kw_only=True)
class CourseView:
    """A course as one revision has it. `completion` names activity keys, some perhaps of modules not yet open."""

    course_id: int
    slug: str
    tier: str
    audience: Audience
    edition_id: int
    edition_number: int
    revision_id: int
    revision_number: int
    loaded_at: datetime
    title: str
    public_title: str
    summary: str
    for_whom: str
    owner: str
    review_by: date
    retention: str
    language: str
    partly_open: bool
    objectives: tuple[Objective, ...]
    modules: tuple[ModuleView, ...]
    sessions: tuple[SessionView, ...]
    completion: tuple[str, ...]
    awards: str | None
    """The tier that completing it grants."""
    comparisons: tuple[tuple[str, str], ...]
    """Keys of two activities: what the second asks again, the first asked before."""
    of_taking_part: bool
    """The certificate says "took part" instead of "completed"."""
    validity_months: int | None
    refresh: str
    cpd: Mapping[str, str]
    sources: tuple[Source, ...]
    terms: tuple[TermView, ...]
    """The terms of the glossary that its texts use."""

    @cached_property
    def activities(self) -> tuple[ActivityView, ...]:
        return tuple(a for m in self.modules for a in m.activities)

    @cached_property
    def _by_key(self) -> dict[str, ActivityView]:
        return {a.key: a for a in self.activities}

    @cached_property
    def _by_id(self) -> dict[int, ActivityView]:
        return {a.id: a for a in self.activities}

    @cached_property
    def minutes(self) -> int:
        return sum(m.minutes for m in self.modules)

    @cached_property
    def participatory_minutes(self) -> int:
        return sum(m.participatory_minutes for m in self.modules)

    @property
    def can_be_completed(self) -> bool:
        """Nobody completes a partly open course, nor a course for authors: it is there to be looked at."""
        return not self.partly_open and self.audience is not Audience.AUTHOR

    @cached_property
    def open_modules(self) -> tuple[ModuleView, ...]:
        return tuple(m for m in self.modules if not m.opens_later)

    def activity(self, key: str) -> ActivityView | None:
        return self._by_key.get(key)

    def activity_by_id(self, activity_id: int) -> ActivityView | None:
        return self._by_id.get(activity_id)

    def module(self, key: str) -> ModuleView | None:
        return next((m for m in self.modules if m.key == key), None)

    def session(self, key: str) -> SessionView | None:
        return next((s for s in self.sessions if s.key == key), None)

    def objective(self, objective_id: str) -> Objective | None:
        return next((o for o in self.objectives if o.id == objective_id), None)

    def module_after(self, key: str) -> ModuleView | None:
        """The next module that is open; None after the last."""
        number = next((m.number for m in self.modules if m.key == key), len(self.modules))
        return next((m for m in self.open_modules if m.number > number), None)


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as one revision has it. Only `shown` may travel to the browser before release."""

    key: str
    kind: str
    quiz: str
    position: int
    shown: Mapping[str, Any]
    """The kind's own fields, and `stem` (plain words), `stem_html`, `objective`, `competency`, `difficulty`."""
    marking: Mapping[str, Any]
    """The kind's own fields, and `explanation_html` and `source` (words; empty when the text itself is the source)."""
