"""What somebody keeps for themselves: views of the grid, and people they chose to look at together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.capability.pages.parts import Kept, PathFor, kept
from app.capability.queries.kept import SELECTION, SKILLS, KeptName, KeptView, SelectionFound, Somebody
from app.kernel.names import tidy
from app.web.page import ONLY_YOU, FieldError, Filled, Page
from app.web.words import plural

GRIDS = {"": "People and levels", SKILLS: "People and skills"}


def grid_of(grid: str) -> str:
    """The name of the page that shows it."""
    return "ratings:skills" if grid == SKILLS else "capability:teams"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    view_id: int
    name: str
    grid: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionLine:
    selection_id: int
    name: str
    href: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """Somebody who is, or may be, in a selection."""

    person_id: int
    name: str
    post: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage(Page):
    """Everything that somebody kept; `form` says what was wrong with the name of a view, `taken` that one has it."""

    template: ClassVar[str] = "capability/kept.html"
    who_sees: ClassVar[str] = ONLY_YOU

    errors: tuple[FieldError, ...]
    name: str
    taken: bool
    query: tuple[Kept, ...]
    views: tuple[ViewLine, ...]
    selections: tuple[SelectionLine, ...]

    @classmethod
    def of(
        cls,
        views: Sequence[KeptView],
        selections: Sequence[KeptName],
        counts: Mapping[int, int],
        path_for: PathFor,
        *,
        form: Filled | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Self:
        name = form.value("name") if form else ""
        return cls(
            errors=form.errors if form else (),
            name=name,
            taken=tidy(name) in {view.name for view in views},
            query=kept(query or {}),
            views=tuple(
                ViewLine(view_id=v.id, name=v.name, grid=GRIDS[v.grid], href=path_for(grid_of(v.grid), **v.query))
                for v in views
            ),
            selections=tuple(
                SelectionLine(
                    selection_id=s.id,
                    name=s.name,
                    href=path_for("capability:teams", directorate=f"{SELECTION}{s.id}"),
                    people=f"{plural(counts.get(s.id, 0), 'person', 'people')} in your reach",
                )
                for s in selections
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionPage(Page):
    """One selection: its name and its people. `action` is where the form goes, a new one or this one."""

    template: ClassVar[str] = "capability/selection.html"
    who_sees: ClassVar[str] = ONLY_YOU

    title: str
    action: str
    form: Filled
    people: tuple[Ticked, ...]
    selection_id: int
    back: str

    @classmethod
    def new(cls, people: Sequence[Somebody], path_for: PathFor, form: Filled | None = None) -> Self:
        return cls(
            title="Keep these people as a selection",
            action=path_for("capability:make_selection"),
            form=form or Filled.of({}),
            people=_ticked(people, {one.person_id for one in people}),
            selection_id=0,
            back=path_for("capability:teams"),
        )

    @classmethod
    def of(
        cls,
        found: SelectionFound,
        path_for: PathFor,
        form: Filled | None = None,
        ticked: Collection[int] | None = None,
    ) -> Self:
        """As it is, or as it was typed: a tick taken away stays away."""
        those = {one.person_id for one in found.people} if ticked is None else ticked
        return cls(
            title=found.name,
            action=path_for("capability:change_selection", selection_id=found.id),
            form=form or Filled.of({"name": found.name}),
            people=_ticked(found.people, those),
            selection_id=found.id,
            back=path_for("capability:teams", directorate=f"{SELECTION}{found.id}"),
        )


def _ticked(people: Sequence[Somebody], ticked: Collection[int]) -> tuple[Ticked, ...]:
    return tuple(
        Ticked(
            person_id=one.person_id,
            name=one.list_name,
            post=", ".join(part for part in (one.job_role, f"band {one.band}" if one.band else "", one.team) if part),
            ticked=one.person_id in ticked,
        )
        for one in people
    )
