"""The demonstration's outbox."""

import re
from dataclasses import dataclass
from typing import ClassVar

from app.kernel.config import Settings
from app.kernel.outbox import Mail
from app.web.page import Page
from app.web.words import moment

SEES = "Everybody who can reach this demonstration. With real people there is no such page."


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    id: int
    to: str
    subject: str
    made: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a mail's text; with `path` it is a link of ours."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailsPage(Page):
    template: ClassVar[str] = "accounts/mails.html"
    who_sees: ClassVar[str] = SEES

    mails: tuple[MailLine, ...]

    @classmethod
    def of(cls, mails: list[Mail], *, delivers: bool) -> "MailsPage":
        """`delivers`: whether a mail server is set, so that what waits will go."""
        return cls(
            mails=tuple(
                MailLine(
                    id=m.id,
                    to=m.to_address,
                    subject=m.subject,
                    made=moment(m.made_at),
                    state=state_of(m, delivers=delivers),
                )
                for m in mails
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPage(Page):
    template: ClassVar[str] = "accounts/mail.html"
    who_sees: ClassVar[str] = SEES

    to: str
    subject: str
    made: str
    paragraphs: tuple[tuple[Piece, ...], ...]

    @classmethod
    def of(cls, mail: Mail, settings: Settings) -> "MailPage":
        return cls(
            to=mail.to_address,
            subject=mail.subject,
            made=moment(mail.made_at),
            paragraphs=tuple(pieces(p, settings.origin) for p in mail.body.split("\n\n")),
        )


def pieces(text: str, origin: str) -> tuple[Piece, ...]:
    """Split a paragraph at the addresses of this very site, which become links; no other address does."""
    parts = re.split(rf"({re.escape(origin)}/[\w\-./?=&%]*)", text)
    return tuple(Piece(text=p, path=p.removeprefix(origin) if p.startswith(origin + "/") else "") for p in parts if p)


def state_of(mail: Mail, *, delivers: bool) -> str:
    if mail.sent_at:
        return f"Sent {moment(mail.sent_at)}"
    if mail.given_up_at:
        return f"Could not be sent: {mail.problem}"
    return "Waiting" if delivers else "Kept here: no mail server is set"
