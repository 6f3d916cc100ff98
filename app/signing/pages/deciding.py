"""A decider's pages: what waits for them, what they are about to confirm, and what changed under their hands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.signing.pages.words import age, became, on_day
from app.signing.queries import Asked, Waiting
from app.signing.rules import SignOffState
from app.web.page import FieldError, Page
from app.web.words import plural

PathFor = Callable[..., str]
WHO_SEES = (
    "You, because you are asked: what waits here is seen by nobody else but whoever wrote it. When you are no longer "
    "somebody's manager, lead or coach, what they wrote is no longer here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCard:
    """One request, with what was typed about it and could not be saved."""

    id: int
    name: str
    team: str
    course: str
    title: str
    statement: str
    account: str
    asked_on: str
    age: str
    tone: str
    comment: str
    wrong: str

    @classmethod
    def of(cls, asked: Asked, today: date, *, comment: str = "", wrong: str = "") -> "RequestCard":
        since, tone = age(asked.request.asked_at, today)
        return cls(
            id=asked.request.id,
            name=asked.request.learner,
            team=asked.team,
            course=asked.view.title,
            title=asked.activity.title,
            statement=asked.activity.statement,
            account=asked.request.account,
            asked_on=on_day(asked.request.asked_at),
            age=since,
            tone=tone,
            comment=comment,
            wrong=wrong,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLine:
    name: str
    what: str
    decided: str
    on: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLine:
    """Somebody whose request nobody may decide. What they wrote is not shown."""

    name: str
    href: str
    team: str
    what: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage(Page):
    template: ClassVar[str] = "signing/waiting.html"
    who_sees: ClassVar[str] = f"{WHO_SEES} The QI team's administrators see the names of those for whom nobody can."

    say: str
    cards: tuple[RequestCard, ...]
    where: str
    previous: str
    following: str
    decided: tuple[DecidedLine, ...]
    stuck: tuple[StuckLine, ...]
    errors: tuple[FieldError, ...]

    @classmethod
    def of(
        cls,
        waiting: Waiting,
        decided: Sequence[Asked],
        stuck: Sequence[Asked],
        path_for: PathFor,
        today: date,
        *,
        about: int = 0,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> "WaitingPage":
        """`about`, `typed` and `errors`: a decision that could not be taken, shown again where it was typed."""
        comment, wrong = (typed or {}).get("comment", ""), " ".join((errors or {}).values())
        known = {a.request.id for a in waiting.asked}
        return cls(
            say=_say(waiting),
            cards=tuple(
                RequestCard.of(
                    a,
                    today,
                    comment=comment if a.request.id == about else "",
                    wrong=wrong if a.request.id == about else "",
                )
                for a in waiting.asked
            ),
            where=f"Page {waiting.page} of {waiting.pages}" if waiting.pages > 1 else "",
            previous=path_for("signing:waiting", page=waiting.page - 1) if waiting.page > 1 else "",
            following=path_for("signing:waiting", page=waiting.page + 1) if waiting.page < waiting.pages else "",
            decided=tuple(_decided(a) for a in decided),
            stuck=tuple(_stuck(a, path_for) for a in stuck),
            errors=(FieldError(field=_field(about, known), message=wrong),) if wrong else (),
        )


def _field(about: int, known: set[int]) -> str:
    return f"comment-{about}" if about in known else f"tick-{min(known)}" if known else "main"


def _say(waiting: Waiting) -> str:
    if not waiting.total:
        return "Nothing waits for your decision."
    one, many = "person asks you to confirm", "requests wait for you to confirm"
    return f"{plural(waiting.total, one, many)} what was done at work."


def _decided(asked: Asked) -> DecidedLine:
    confirmed = asked.request.state is SignOffState.CONFIRMED
    return DecidedLine(
        name=asked.request.learner,
        what=f"{asked.activity.title}, {asked.view.title}",
        decided="Confirmed" if confirmed else "Rejected",
        on=on_day(asked.request.decided_at),
        comment=asked.request.comment,
    )


def _stuck(asked: Asked, path_for: PathFor) -> StuckLine:
    return StuckLine(
        name=asked.request.learner,
        href=path_for("accounts:person", person_id=asked.request.learner_id),
        team=asked.team,
        what=f"{asked.activity.title}, {asked.view.title}",
        since=on_day(asked.request.asked_at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """What was ticked, to read once more before all of it is confirmed."""

    template: ClassVar[str] = "signing/check.html"
    who_sees: ClassVar[str] = WHO_SEES

    cards: tuple[RequestCard, ...]
    button: str
    left_out: str

    @classmethod
    def of(cls, found: Sequence[Asked], ticked: int, today: date) -> "CheckPage":
        waits = [a for a in found if a.request.state is SignOffState.REQUESTED and a.request.is_open]
        left = [a.request.learner for a in found if a not in waits]
        gone = ticked - len(found)
        return cls(
            cards=tuple(RequestCard.of(a, today) for a in waits),
            button=f"Confirm {plural(len(waits), 'request')}" if waits else "",
            left_out=left_out(left, gone),
        )


def left_out(names: Sequence[str], gone: int = 0) -> str:
    """What does not wait any more as it was shown, by name as far as it is known; empty when there is nothing."""
    most = 5
    said = [*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])]
    if gone:
        said.append(f"{plural(gone, 'request')} that no longer {'waits' if gone == 1 else 'wait'} for you")
    if not said:
        return ""
    listed = f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]
    return f"Left out, because something changed meanwhile: {listed}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage(Page):
    """Something happened to a request while its decider was reading it: what they read, and what stands now."""

    template: ClassVar[str] = "signing/changed.html"
    who_sees: ClassVar[str] = WHO_SEES

    name: str
    what: str
    became: str
    account: str
    now: RequestCard | None
    comment: str

    @classmethod
    def of(cls, read: Asked, newer: Asked | None, today: date, comment: str) -> "ChangedPage":
        return cls(
            name=read.request.learner,
            what=f"{read.activity.title}, {read.view.title}",
            became=became(read.request.state),
            account=read.request.account,
            now=RequestCard.of(newer, today, comment=comment) if newer else None,
            comment=comment,
        )
