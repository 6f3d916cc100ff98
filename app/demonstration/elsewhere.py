"""Learning from elsewhere: a rule, an offer that was recognised by it, one that was declined, and two that wait."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.demonstration.calendar import Calendar
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.learning.queries import holdings
from app.recognition.commands import (
    Backing,
    DeclineOffer,
    KeepRule,
    OfferedFile,
    OfferItem,
    RecogniseByRule,
    decline_offer,
    keep_rule,
    offer_item,
    recognise_by_rule,
)

LEVEL = "improvement-leaders"
PROVIDER = "NHS England"
TITLE = "QSIR Practitioner"
WHY = "Five taught days with a project that was presented and assessed: what our own course for leaders asks."
WHY_NOT = (
    "An hour online without an assessment does not show yet that you can lead an improvement. It stays on your "
    "record. If you have used it in a project since, offer it again and tell us of that."
)


@dataclass(slots=True)
class Elsewhere:
    """Each on its day before the last one. Nothing is left to chance, so that the rest of the story stays as it is."""

    settings: Settings
    cast: Cast
    admin: Member
    _rule: int = 0
    _items: dict[str, int] = field(default_factory=dict)

    def plan(self, calendar: Calendar, last: date) -> None:
        for ago, hour, deed in (
            (120, 10, self._keep_rule),
            (90, 12, partial(self._offer, "recognised", 3, TITLE, PROVIDER, 2400, 400)),
            (84, 9, self._recognise),
            (60, 15, partial(self._offer, "declined", 4, "Improvement in an hour", "An online library", 60, 80)),
            (52, 9, self._decline),
            (31, 8, partial(self._offer, "waits long", 5, "Leading change, module 3", "A university", 3000, 700)),
            (6, 21, partial(self._offer, "waits", 0, f"{TITLE} programme", PROVIDER, 2400, 300)),
        ):
            at = datetime.combine(last - timedelta(days=ago), time(hour, 20), tzinfo=UTC)
            calendar.plan(at, deed)

    def _keep_rule(self, session: WriteSession, now: datetime) -> None:
        command = KeepRule(title=TITLE, provider=PROVIDER, tier=LEVEL, months=36, reason=WHY)
        self._rule = keep_rule(session, self._assessor(), command, now)

    def _offer(
        self,
        story: str,
        who: int,
        title: str,
        provider: str,
        minutes: int,
        days_before: int,
        session: WriteSession,
        now: datetime,
    ) -> None:
        """`who` counts the staff from the first, who is the one to sign in as; nobody who has left or holds it."""
        here = [m for m in self.cast.staff if m.left is None and m is not self.admin]
        held = holdings(session, [m.person_id for m in here], now.date())
        free = [m for m in here if LEVEL not in held.get(m.person_id, {})]
        member = free[min(who, len(free) - 1)]
        words = "A programme with a project of our own ward, which I presented on the last day."
        file = OfferedFile("certificate.pdf", certificate(f"{title}: certificate of completion"))
        command = OfferItem(
            title=title,
            provider=provider,
            completed_on=now.date() - timedelta(days=days_before),
            minutes=minutes,
            backing=Backing(tier=LEVEL, words=words, file=file),
        )
        self._items[story] = offer_item(session, staff_actor(member.person_id, member.name), command, now)

    def _recognise(self, session: WriteSession, now: datetime) -> None:
        command = RecogniseByRule(item_id=self._items["recognised"], seen=1, rule_id=self._rule)
        recognise_by_rule(session, self.settings, self._assessor(), command, now)

    def _decline(self, session: WriteSession, now: datetime) -> None:
        command = DeclineOffer(item_id=self._items["declined"], seen=1, reason=WHY_NOT)
        decline_offer(session, self.settings, self._assessor(), command, now)

    def _assessor(self) -> Actor:
        held = (Held(Role.QI_ADMIN, ScopeKind.TRUST),)
        return Actor(self.admin.person_id, PersonKind.STAFF, self.admin.name, held)


def certificate(words: str) -> bytes:
    """A page of PDF with one line of plain text."""
    shown = f"BT /F1 20 Tf 60 720 Td ({words}) Tj ET".encode("ascii")
    font = b"/Resources << /Font << /F1 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %b >>" % font,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    whole, starts = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    places = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, places)
    return whole + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(whole))
