"""course.yaml."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from app.curriculum.format.activities import Activity
from app.curriculum.format.fields import Https, Id, Label, Level, Line, Minutes, Slug, Strict, TextFile, Words

Age = Annotated[int, Field(ge=5, le=25)]


class ReadingAge(Strict):
    from_: Annotated[Age, Field(alias="from")]
    to: Age


class Objective(Strict):
    id: Id
    text: Line
    competency: Id
    level: Level


class Cpd(Strict):
    nmc: Line | None = None
    gmc: Line | None = None
    hcpc: Line | None = None


class Validity(Strict):
    months: Annotated[int, Field(ge=1, le=120)]
    refresh: Words


class Module(Strict):
    """A module with its text and activities; or, with `opens: later`, only what it will be about."""

    id: Id
    title: Label
    opens: Literal["later"] | None = None
    about: str = ""
    file: TextFile | None = None
    easy_read: TextFile | None = None
    objectives: Annotated[list[Id], Field(default_factory=list)]
    activities: Annotated[list[Activity], Field(default_factory=list)]


class Handout(Strict):
    """One side of paper that people take away."""

    id: Id
    title: Label
    file: TextFile


class TaughtSession(Strict):
    """A workshop, a day or a class, as a pack for whoever teaches it. Its files lie in the folder `packs`."""

    id: Id
    title: Label
    kind: Literal["workshop", "learning-set", "half-day", "day", "session", "class"]
    minutes: Minutes
    participatory_minutes: Annotated[int, Field(ge=0, le=600)]
    about: Words
    objectives: Annotated[list[Id], Field(min_length=1)]
    plan: TextFile
    slides: TextFile | None = None
    handouts: Annotated[list[Handout], Field(default_factory=list)]


class Completion(Strict):
    requires: Annotated[list[Id], Field(min_length=1)]
    awards: Slug | None
    certificate: Literal["completion", "taking-part"]


class Comparison(Strict):
    """Two activities with questions, of which the second asks again what the first asked before."""

    before: Id
    after: Id


class Source(Strict):
    id: Id
    text: Words
    url: Https | None = None


class Course(Strict):
    slug: Slug
    tier: Slug
    edition: Annotated[int, Field(ge=1, le=9999)]
    title: Label
    public_title: Label
    audience: Literal["staff", "partner", "author"]
    for_whom: Line
    summary: Words
    owner: Label
    review_by: date
    retention: Literal["other-training-6-years", "statutory-10-years", "partner-on-request"]
    language: Literal["en-GB"]
    reading_age: ReadingAge
    status: Literal["open", "partly-open"]
    objectives: Annotated[list[Objective], Field(min_length=1)]
    cpd: Cpd
    validity: Validity | None
    modules: Annotated[list[Module], Field(min_length=1)]
    sessions: Annotated[list[TaughtSession], Field(default_factory=list)]
    completion: Completion
    comparisons: Annotated[list[Comparison], Field(default_factory=list)]
    sources: list[Source]
