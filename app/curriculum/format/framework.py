"""framework.yaml and glossary.yaml: what all courses share."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from app.curriculum.format.fields import Id, Label, Level, Line, MaybeWords, Slug, Strict, Words


class TierPath(Strict):
    """What somebody asks before they take a level. `step`: how high it stands in the pyramid; without, beside it.

    `offer_per_cent`: the share of a directorate's staff that its target offers to begin with, and `offer_why` whence.
    `alone`: people begin its course by themselves, so that a rule that asks for the level puts them on it at once.
    `months`: how long a cohort of it usually takes from its first day to its last; a forecast waits for it.
    `can_do` is for levels that no course here teaches: elsewhere the course's own objectives say it.
    """

    step: Annotated[int, Field(ge=1, le=9)] | None = None
    offer_per_cent: Annotated[float, Field(gt=0, le=100)] | None = None
    offer_why: MaybeWords = ""
    lasts: Line
    form: Line
    assessed: Words
    refresh: Words
    get_on: Words
    plain: Words
    can_do: Annotated[list[Line], Field(default_factory=list, max_length=12)]
    leads_to: Annotated[list[Slug], Field(default_factory=list)]
    alone: bool = False
    months: Annotated[int, Field(ge=0, le=36)] = 0


class Tier(Strict):
    slug: Slug
    title: Annotated[Label, Field(max_length=120)]
    short: Annotated[str, Field(min_length=1, max_length=40)]
    for_whom: Line
    position: Annotated[int, Field(ge=1, le=99)]
    summary: Words
    validity_months: Annotated[int, Field(ge=1, le=120)] | None
    release_hours: Annotated[float, Field(ge=0, le=1000)]
    audience: Literal["staff", "partner", "author"]
    in_matrix: bool
    delivered: Literal["course", "cohort", "external"]
    path: TierPath | None = None

    @property
    def release_minutes(self) -> int:
        return round(self.release_hours * 60)


class Competency(Strict):
    id: Id
    title: Label
    summary: Words


class LevelName(Strict):
    level: Level
    name: Label
    meaning: Words


class Judgement(Strict):
    """What one judgement of a person means, with an example from a ward and one from a community team."""

    id: Literal["new", "takes-part", "with-support", "leads", "coaches", "unknown"]
    meaning: Words
    ward: Words
    community: Words


class Framework(Strict):
    tiers: Annotated[list[Tier], Field(min_length=1)]
    competencies: Annotated[list[Competency], Field(min_length=1)]
    levels: Annotated[list[LevelName], Field(min_length=1)]
    judgements: Annotated[list[Judgement], Field(default_factory=list, max_length=6)]


class Term(Strict):
    term: Label
    definition: Words
    source: Words | None = None


class Glossary(RootModel[list[Term]]):
    pass
