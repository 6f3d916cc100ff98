"""Used in practice: telling of a piece of work, and naming one for somebody else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.access.actor import Actor, PersonKind
from app.kernel.config import Settings
from app.learning.life_wording import Names, Stage, explained, stages
from app.learning.queries import Holding
from app.organisation.queries import PersonRow
from app.signing.pages.words import on_day, whom
from app.signing.practice_wording import told, told_to_others
from app.signing.queries import Entitled, Use, waiting_of
from app.signing.rules import SignOffState
from app.web.page import Filled, Option, Page
from app.web.words import day

PathFor = Callable[..., str]
EXAMPLE = "For example: Fewer falls on nights. A few words, and nothing about a patient"
EXAMPLE_OF_PARTNERS = "For example: A clearer letter. A few words, and nobody’s name"
NOT_HELD = (
    "This level is not yours at present: it was taken back. What you told of stays here, and nothing can be added."
)
CHANGED = "Something happened since you opened this page. What you wrote stands below and was not sent."
STATES = {
    SignOffState.REQUESTED: ("Waits", "act"),
    SignOffState.CONFIRMED: ("Confirmed", "good"),
    SignOffState.REJECTED: ("Sent back", "warn"),
    SignOffState.WITHDRAWN: ("Taken back", "quiet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLine:
    """One piece of work, and what became of it."""

    what: str
    where: str
    state: str
    tone: str
    by: str
    comment: str


def _line(use: Use, reader: int | None) -> UseLine:
    """What was written to the person is for them, and for whoever wrote it."""
    state, tone = STATES[use.state]
    decided = f"{use.decided_by}, {on_day(use.decided_at)}" if use.decided_at else ""
    return UseLine(
        what=use.what,
        where=f"{use.place}, {day(use.worked_on)}",
        state=state,
        tone=tone,
        by=decided or (f"Asked: {use.asked}" if use.waits else ""),
        comment=use.comment if use.decided_by_id == reader else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingUse:
    """What was told and waits, for whoever told it."""

    heading: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage(Page):
    template: ClassVar[str] = "signing/practice.html"
    who_sees: ClassVar[str] = (
        "You, and whoever you ask: they read what you write here. Once it is confirmed, those who may confirm what you "
        "do see its name, place and day. Those who lead your teams see that you told of it, that you used the level, "
        "and since when, but never what was sent back."
    )

    level: str
    stages: tuple[Stage, ...]
    explained: str
    action: str
    withdraw: str
    back: str
    back_words: str
    waiting: WaitingUse | None
    may_tell: bool
    nobody: str
    changed: str
    example: str
    people: tuple[Option, ...]
    form: Filled
    seen: int
    lines: tuple[UseLine, ...]

    @classmethod
    def of(
        cls,
        level: str,
        tier: str,
        held: Holding | None,
        uses: Sequence[Use],
        people: Sequence[Entitled],
        names: Names,
        actor: Actor,
        settings: Settings,
        path_for: PathFor,
        today: date,
        *,
        away: bool,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
        changed: bool = False,
    ) -> "PracticePage":
        """`held` is None where the level was taken back since they told of a use; `away`: on long leave.

        `typed` is what was posted and could not be saved; `changed`: because something happened meanwhile.
        """
        latest, partner = uses[0] if uses else None, actor.kind is PersonKind.PARTNER
        waits = waiting_of(uses)
        options = whom(people)
        page = PartnerPracticePage if partner else cls
        return page(
            level=level,
            stages=stages(held, today, away=away, told=told(waits or latest)) if held else (),
            explained=explained(held, names, today) if held else NOT_HELD,
            action=path_for("signing:tell_use", tier=tier),
            withdraw=path_for("signing:withdraw_use", tier=tier),
            back=path_for("learning:partner_home" if partner else "capability:my_skills"),
            back_words="My course" if partner else "My improvement skills",
            waiting=_waiting(waits) if waits else None,
            may_tell=bool(held and people) and (waits is None or typed is not None),
            nobody="" if people or not held else _nobody(settings, partner=partner),
            changed=CHANGED if changed else "",
            example=EXAMPLE_OF_PARTNERS if partner else EXAMPLE,
            people=options,
            form=Filled.of({"asked": options[0].value if options else ""} | dict(typed or _before(latest)), errors),
            seen=latest.id if latest else 0,
            lines=tuple(_line(use, use.decided_by_id) for use in uses if not use.waits),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPracticePage(PracticePage):
    who_sees: ClassVar[str] = (
        "You, and whoever you ask: they read what you write here, with your name. They are people who look after "
        "patient partners. Nobody else sees it."
    )


def _waiting(use: Use) -> WaitingUse:
    said = f"{use.what}, {use.place}, {day(use.worked_on)}: waits for {use.asked}"
    return WaitingUse(heading=said, account=use.account)


def _before(latest: Use | None) -> dict[str, str]:
    """What was sent or taken back is there to be changed; a confirmed one is done."""
    if latest is None or latest.state not in {SignOffState.REJECTED, SignOffState.WITHDRAWN}:
        return {}
    work = {"what": latest.what, "place": latest.place, "account": latest.account}
    return work | {"worked_on": day(latest.worked_on), "asked": str(latest.asked_id)}


def _nobody(settings: Settings, *, partner: bool) -> str:
    who = (settings.partner_contact, settings.partner_contact_phone) if partner else ()
    contact = who or (settings.qi_contact, settings.qi_contact_phone)
    said = ", ".join(part for part in contact if part)
    return f"At present nobody can confirm this for you. Please tell {said}."


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUsePage(Page):
    """Whoever may confirm what somebody does names a piece of work; and sees what was confirmed before."""

    template: ClassVar[str] = "signing/named_use.html"
    who_sees: ClassVar[str] = (
        "Those who may confirm what this person does: their managers, the leads of where they work, and coaches who "
        "lead them. The person sees on their own page what is confirmed here, and by whom."
    )

    name: str
    level: str
    post: str
    stages: tuple[Stage, ...]
    explained: str
    action: str
    example: str
    back: str
    form: Filled
    lines: tuple[UseLine, ...]

    @classmethod
    def of(
        cls,
        person: PersonRow,
        level: str,
        tier: str,
        held: Holding,
        uses: Sequence[Use],
        names: Names,
        path_for: PathFor,
        today: date,
        *,
        away: bool,
        reader: int,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "NamedUsePage":
        return cls(
            name=person.name,
            level=level,
            post=", ".join(part for part in (person.job_role, person.team) if part),
            stages=stages(held, today, away=away, told=told_to_others(uses[0] if uses else None)),
            explained=explained(held, names, today),
            action=path_for("signing:confirm_use", person_id=person.person_id, tier=tier),
            example=EXAMPLE,
            back=path_for("capability:person", person_id=person.person_id),
            form=Filled.of(typed or {"worked_on": day(today)}, errors),
            lines=tuple(_line(use, reader) for use in uses if use.state is SignOffState.CONFIRMED),
        )
