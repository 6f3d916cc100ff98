"""The form in which the QI team sets a directorate's targets, and what to do when somebody else was first."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from app.curriculum.views import TierView
from app.kernel.clock import london_date
from app.organisation.queries import DirectorateRow
from app.organisation.rules import STAFF_GROUPS
from app.planning.queries.targets import TargetRow
from app.planning.rules import TargetKind
from app.planning.wording import target_words, year_words
from app.web.page import Filled, Option, Page
from app.web.words import short_day

WHO_SEES = (
    "You and the QI team’s other administrators. The leads of the directorate see what is set, who set it and why."
)
KINDS = {TargetKind.PER_CENT: "per cent", TargetKind.ABSOLUTE: "people"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One line of the form. `offer` says what the framework offers, and whence."""

    line: str
    tier: str
    level: str
    group: str
    kind: str
    value: str
    seen: int
    wrong: str
    now: str
    offer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsPage(Page):
    template: ClassVar[str] = "planning/targets.html"
    who_sees: ClassVar[str] = WHO_SEES

    title: str
    directorate_id: int
    year: int
    year_said: str
    years: tuple[Option, ...]
    directorates: tuple[Option, ...]
    lines: tuple[TargetLine, ...]
    kinds: tuple[Option, ...]
    levels: tuple[Option, ...]
    groups: tuple[Option, ...]
    offering: bool
    form: Filled

    @classmethod
    def of(
        cls,
        directorate: DirectorateRow,
        directorates: Sequence[DirectorateRow],
        year: int,
        years: Sequence[int],
        tiers: Sequence[TierView],
        targets: Sequence[TargetRow],
        *,
        offering: bool = False,
        values: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        form = Filled.of(values or {}, errors)
        return cls(
            title=directorate.name,
            directorate_id=directorate.id,
            year=year,
            year_said=year_words(year),
            years=tuple(Option(value=str(y), text=year_words(y)) for y in years),
            directorates=tuple(Option(value=str(d.id), text=d.name) for d in directorates),
            lines=tuple(_lines(tiers, targets, form, offering=offering)),
            kinds=tuple(Option(value=k.value, text=text) for k, text in KINDS.items()),
            levels=tuple(Option(value=t.slug, text=t.title) for t in tiers),
            groups=tuple(Option(value=g, text=g) for g in STAFF_GROUPS),
            offering=offering,
            form=form,
        )


def _lines(
    tiers: Sequence[TierView], targets: Sequence[TargetRow], form: Filled, *, offering: bool
) -> Iterator[TargetLine]:
    """Each level for everybody, then what is set for a staff group of it."""
    typed = dict(form.values)
    for tier in tiers:
        own = {t.staff_group: t for t in targets if t.tier == tier.slug}
        for group in ("", *sorted(g for g in own if g)):
            line = f"{tier.slug}.{STAFF_GROUPS.index(group)}" if group else tier.slug
            yield _line(line, tier, group, own.get(group), typed, form, offering=offering)


def _line(
    line: str,
    tier: TierView,
    group: str,
    target: TargetRow | None,
    typed: Mapping[str, str],
    form: Filled,
    *,
    offering: bool,
) -> TargetLine:
    offers = tier.path.offer_per_cent is not None and not group
    value, kind = (f"{target.value:g}", target.kind.value) if target else ("", TargetKind.PER_CENT.value)
    if offering and offers and target is None:
        value = f"{tier.path.offer_per_cent:g}"
    return TargetLine(
        line=line,
        tier=tier.slug,
        level=tier.title,
        group=group,
        kind=typed.get(f"kind-{line}", kind),
        value=typed.get(f"value-{line}", value),
        seen=int(typed.get(f"seen-{line}", "") or (target.id if target else 0)),
        wrong=form.error(f"value-{line}"),
        now=_now(target) if target else "",
        offer=f"Offered: {tier.path.offer_per_cent:g} %. {tier.path.offer_why}" if offers else "",
    )


def _now(target: TargetRow) -> str:
    said = target_words(target.kind, target.value, target.staff_group)
    return f"{said}, set by {target.set_by} on {short_day(london_date(target.set_at))}: {target.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    level: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetsChangedPage(Page):
    """Somebody else set one of these targets first: both, and the choice to save one's own over theirs."""

    template: ClassVar[str] = "planning/targets_changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    title: str
    disputes: tuple[Dispute, ...]
    typed: tuple[tuple[str, str], ...]
    directorate_id: int
    year: int

    @classmethod
    def of(
        cls,
        directorate: DirectorateRow,
        year: int,
        tiers: Sequence[TierView],
        targets: Sequence[TargetRow],
        posted: Mapping[str, Sequence[str]],
        mine: Collection[str],
    ) -> Self:
        """What was typed goes on with the ids that stand now, so that saving it supersedes what was seen here.

        A line that is none of `mine`, the fields that were changed, keeps the id it had: it is no change then either.
        """
        one = {name: texts[-1] for name, texts in posted.items() if texts}
        titles = {t.slug: t.title for t in tiers}
        now = {(t.tier, t.staff_group): t for t in targets}
        disputes, fresh = [], {}
        for line in posted.get("line", ()):
            key = (one.get(f"tier-{line}", ""), one.get(f"group-{line}", ""))
            target, seen = now.get(key), one.get(f"seen-{line}", "") or "0"
            fresh[f"seen-{line}"] = str(target.id if target else 0) if f"value-{line}" in mine else seen
            if seen != fresh[f"seen-{line}"]:
                disputes.append(_dispute(titles.get(key[0], ""), key[1], target, one, line))
        kept = [(n, t) for n, texts in posted.items() for t in texts if not n.startswith(("_", "seen-"))]
        return cls(
            title=directorate.name,
            disputes=tuple(disputes),
            typed=(*kept, *fresh.items()),
            directorate_id=directorate.id,
            year=year,
        )


def _dispute(level: str, group: str, target: TargetRow | None, typed: Mapping[str, str], line: str) -> Dispute:
    value, kind = typed.get(f"value-{line}", ""), typed.get(f"kind-{line}", "")
    unit = "people" if kind == TargetKind.ABSOLUTE else "per cent"
    return Dispute(
        level=f"{level}, {group}" if group else level,
        theirs=_now(target) if target else "No target: it was ended",
        mine=f"{value} {unit}" if value else "No target",
    )
