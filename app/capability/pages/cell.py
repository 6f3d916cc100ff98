"""One cell of the grid, decided about where it stands: in a dialog over the grid, or on a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from markupsafe import Markup

from app.capability.models import Decision
from app.capability.pages.needs import NeedBar
from app.capability.pages.parts import Kept, PathFor, after_colon, kept
from app.capability.pages.rows import one_cell
from app.capability.pages.teams import WHO_LEADS
from app.capability.queries.deciding import Chosen
from app.capability.rules import DEVELOPMENT_ONLY, Need, NeedSource
from app.capability.wording import progress_words, shown_by_stages, standing_words
from app.learning.life_wording import Names, Stage, explained, stages
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, moment

PART = "edit"
PREFIX = "cell-"
RULED = "Asked for by a rule. Your decision comes before it, until somebody decides again."


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPage(Page):
    """`saved` says what was just decided, so that it can be undone; the new cell goes to the grid with it."""

    template: ClassVar[str] = "capability/cell.html"
    partials: ClassVar[Mapping[str, str]] = {PART: "capability/_cell.html"}
    who_sees: ClassVar[str] = WHO_LEADS

    title: str
    now: str
    why: str
    progress: str
    stages: tuple[Stage, ...]
    explained: str
    asked: str
    ruled: str
    errors: tuple[FieldError, ...]
    bar: NeedBar
    action: str
    seen: int
    saved: str
    undo: int
    value: str
    tone: str
    cell: Markup
    kept: tuple[Kept, ...]
    back: str
    development_only: str

    @classmethod
    def of(
        cls,
        chosen: Chosen,
        path_for: PathFor,
        today: date,
        *,
        carried: Mapping[str, str],
        names: Names,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        saved: Decision | None = None,
        done: bool = False,
    ) -> Self:
        """`names` are those of the editions on which levels rest."""
        standing, decided, cell = chosen.standing, chosen.decided, chosen.cell
        held = standing.progress.holding
        return cls(
            title=f"{chosen.name}: {chosen.tier.title}",
            now=standing_words(standing, today),
            why=_why(chosen),
            progress=""
            if shown_by_stages(standing.progress)
            else progress_words(standing.progress, offered=standing.offered),
            stages=stages(held, today, away=standing.away) if held else (),
            explained=explained(held, names, today) if held else "",
            asked="They ask for this level themselves." if standing.asked else "",
            ruled=RULED if decided and decided.rule else "",
            errors=errors_of({f"{PREFIX}{name}": said for name, said in (errors or {}).items()}),
            bar=NeedBar.of(_present(chosen) if typed is None else typed, errors, PREFIX),
            action=path_for("capability:set_cell", person_id=cell.person_id, tier=cell.tier),
            seen=cell.seen,
            saved=_saved(standing_words(standing, today), saved) if done else "",
            undo=saved.id if saved else 0,
            value=f"{cell.person_id}.{cell.tier}.{standing.seen}",
            tone="" if decided else "u",
            cell=one_cell(standing, today),
            kept=kept(carried),
            back=f"{path_for('capability:teams', **carried)}#p{cell.person_id}",
            development_only=DEVELOPMENT_ONLY,
        )


def _saved(now: str, saved: Decision | None) -> str:
    return f"Saved: {after_colon(now)}." if saved else f"It was so already: {after_colon(now)}. Nothing was changed."


def _why(chosen: Chosen) -> str:
    decided = chosen.decided
    if decided is None:
        return ""
    reason, when = f": “{decided.reason}”" if decided.reason else "", moment(decided.decided_at)
    if decided.rule:
        return f"Asked for by {decided.by}, since {when}{reason}"
    if chosen.standing.source is NeedSource.STARTER:
        return f"Asked of every starter, {when}{reason}"
    return f"Decided by {decided.by}, {when}{reason}"


def _present(chosen: Chosen) -> dict[str, str]:
    """What holds now, to begin from."""
    decided = chosen.decided
    if decided is None:
        return {"need": Need.REQUIRED}
    return {
        "need": decided.need,
        "due": day(decided.due),
        "pause_reason": decided.pause_reason or "",
        "reason": decided.reason,
    }
