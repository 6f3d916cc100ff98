"""A rule of need is written, and looked at before it is saved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.capability.need_rules import DueFrom, Rule, Unit
from app.capability.pages.parts import Kept, PathFor
from app.capability.pages.rules import WHO_RULES
from app.capability.pages.touched import ASKS, Outcome
from app.capability.queries.places import Places
from app.capability.queries.touched import Kind, Preview
from app.capability.rule_wording import asked_line, by_when, whom
from app.capability.rules import BY_COHORT, DEVELOPMENT_ONLY
from app.curriculum.views import TierView
from app.organisation.rules import BANDS, MEDICAL_GRADES, STAFF_GROUPS
from app.web.form import Posted
from app.web.page import Filled, Option, Page
from app.web.words import day, plural

COUNTED = {
    DueFrom.DATE: "By a date",
    DueFrom.REACHED: "A time after the rule first reaches them",
    DueFrom.JOINED: "A time after they joined",
}
UNITS = {Unit.MONTHS: "months", Unit.WEEKS: "weeks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    value: str
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFormPage(Page):
    template: ClassVar[str] = "capability/rule_form.html"
    who_sees: ClassVar[str] = WHO_RULES

    title: str
    form: Filled
    follows: str
    places: tuple[Option, ...]
    levels: tuple[Option, ...]
    groups: tuple[Tick, ...]
    groups_open: bool
    ladder: tuple[Option, ...]
    bands: tuple[Tick, ...]
    bands_open: bool
    counted: tuple[Tick, ...]
    units: tuple[Option, ...]
    manages: bool
    back: str
    development_only: str

    @classmethod
    def of(
        cls,
        posted: Posted,
        here: Places,
        tiers: Sequence[TierView],
        path_for: PathFor,
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        ticked = posted.all("bands")
        return cls(
            title="Change a rule" if posted.get("follows") else "Set a rule",
            form=Filled.of({name: posted.get(name, "") for name in posted}, errors),
            follows=posted.get("follows", ""),
            places=_places(here),
            levels=tuple(Option(value=t.slug, text=t.title) for t in tiers),
            groups=_ticks([*STAFF_GROUPS, *here.groups], posted.all("staff_groups")),
            groups_open=bool(posted.all("staff_groups")) or bool((errors or {}).get("staff_groups")),
            ladder=tuple(
                Option(value=band, text=f"Band {band} and above" if band != "VSM" else band) for band in BANDS
            ),
            bands=_ticks([*BANDS, *MEDICAL_GRADES, *here.bands], ticked),
            bands_open=bool(ticked) or bool((errors or {}).get("bands")),
            counted=_ticks_of(COUNTED, posted.get("counted", DueFrom.DATE)),
            units=tuple(Option(value=str(unit), text=text) for unit, text in UNITS.items()),
            manages=bool(posted.get("manages")),
            back=path_for("capability:rules"),
            development_only=DEVELOPMENT_ONLY,
        )


def _places(here: Places) -> tuple[Option, ...]:
    whole = (Option(value="trust", text="The whole trust"),) if here.trust else ()
    directorates = tuple(
        Option(value=f"d.{i}", text=name, group="A whole directorate") for i, name in here.directorates
    )
    teams = tuple(Option(value=f"t.{i}", text=name, group=f"A team of {home}") for i, name, home in here.teams)
    return whole + directorates + teams


def _ticks(values: Sequence[str], chosen: Collection[str]) -> tuple[Tick, ...]:
    each = dict.fromkeys([*values, *chosen])
    return tuple(Tick(value=v, text=v, ticked=v in chosen) for v in each if v)


def _ticks_of(texts: Mapping[DueFrom, str], chosen: str) -> tuple[Tick, ...]:
    return tuple(Tick(value=str(v), text=text, ticked=v == chosen) for v, text in texts.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePreviewPage(Page):
    template: ClassVar[str] = "capability/rule_preview.html"
    who_sees: ClassVar[str] = WHO_RULES

    stale: str
    say: str
    whom: str
    later: str
    notes: tuple[str, ...]
    outcome: Outcome
    mail: str
    kept: tuple[Kept, ...]
    mark: str
    save: str
    back: str
    development_only: str

    @classmethod
    def of(
        cls,
        rule: Rule,
        shown: Preview,
        level: TierView,
        posted: Posted,
        here: Places,
        path_for: PathFor,
        today: date,
        *,
        stale: str = "",
    ) -> Self:
        asked = shown.of(*ASKS)
        first = next((t for t in asked if t.due), None)
        words = (
            asked_line(rule.said, level.title, first.due, rule.why, level.release_minutes, alone=level.path.alone)
            if first and first.due
            else ""
        )
        return cls(
            stale=stale,
            say=f"{rule.said[:1].upper()}{rule.said[1:]} asks for {level.title} {by_when(rule.by)}.",
            whom=whom(rule.conditions),
            later=_later(rule, today),
            notes=tuple(_notes(rule, shown, level, here)),
            outcome=Outcome.of(shown, level.title, level.release_minutes, path_for),
            mail=words,
            kept=tuple(Kept(name=n, value=v) for n in posted if n not in NOT_KEPT for v in posted.all(n) if v),
            mark=shown.mark,
            save=f"Save, and ask {plural(len(asked), 'person', 'people')}"
            if asked and not _later(rule, today)
            else "Save",
            back=path_for("capability:rules"),
            development_only=DEVELOPMENT_ONLY,
        )


NOT_KEPT = frozenset({"_once", "mark", "edit"})


def _later(rule: Rule, today: date) -> str:
    if rule.began_on <= today:
        return ""
    return (
        f"It begins on {day(rule.began_on)} and changes nothing before. What is shown is what it would do if it began "
        "today: whom it touches then may be others."
    )


def _notes(rule: Rule, shown: Preview, level: TierView, here: Places) -> list[str]:
    notes = []
    unknown = [role for role in rule.conditions.job_roles if not here.has_role(role)]
    if unknown:
        notes.append(f"Nobody whom you reach has this job role today: {', '.join(unknown)}.")
    if not shown.people:
        notes.append("It touches nobody today. Whoever fits later is asked then.")
    if not level.path.alone and shown.of(*ASKS):
        notes.append(
            f"This rule puts nobody on a course: a cohort of {level.title} gives places. Whoever is asked counts in "
            "the plan of their directorate, and reads so on their own page."
        )
    if level.delivered == BY_COHORT and shown.of(*ASKS):
        what = "The days with others need a place, and none" if level.path.alone else "No place"
        notes.append(f"{what} is offered yet. Until one is, this counts against supply, not against the person.")
    if rule.conditions.band_from:
        notes.append("VSM counts as above band 9. Medical grades are on no ladder: only those chosen by name count.")
    if shown.of(Kind.LET_GO):
        notes.append("Whatever people have completed stays theirs. A withdrawn need stays in their history.")
    return notes
