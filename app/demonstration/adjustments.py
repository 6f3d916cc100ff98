"""Two adjustments: one of somebody who signs in, in force since spring; one that was ended when it was not needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.access.actor import Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.assessment.commands import EndAdjustment, GrantAdjustment, end_adjustment, grant_adjustment
from app.assessment.models import Adjustment
from app.assessment.rules import Leeway
from app.demonstration.calendar import Happening
from app.demonstration.parts import PARTS
from app.demonstration.trust import Cast, Member
from app.kernel.clock import london_date
from app.kernel.db import WriteSession


@dataclass(slots=True)
class Adjusting:
    """What the QI team administrator grants, and later ends."""

    cast: Cast
    _granted: Adjustment | None = None

    def happenings(self, last: date) -> Iterator[tuple[date, Happening]]:
        """What is granted and ended, each with its day."""
        quarter = partial(
            self._grant,
            0,
            Leeway(percent=25),
            "",
            "Agreed in a work health plan: a quarter more time when time counts.",
        )
        reader = partial(
            self._grant, 40, Leeway(tries=1), "A colleague reads the questions aloud", "Agreed for a first year here."
        )
        yield last - timedelta(days=170), quarter
        yield last - timedelta(days=150), reader
        yield last - timedelta(days=30), self._end

    def _grant(
        self, who: int, leeway: Leeway, arrangement: str, reason: str, session: WriteSession, now: datetime
    ) -> None:
        """`who` counts the staff from the first, who is the one to sign in as; nobody who has left."""
        here = [m for m in self.cast.staff if m.left is None]
        command = GrantAdjustment(
            person_id=here[min(who, len(here) - 1)].person_id,
            leeway=leeway,
            arrangement=arrangement,
            reason=reason,
            starts_on=london_date(now),
        )
        self._granted = grant_adjustment(session, self._administrator(), command, now)

    def _end(self, session: WriteSession, now: datetime) -> None:
        if self._granted is not None:
            end_adjustment(session, self._administrator(), EndAdjustment(adjustment_id=self._granted.id), now)

    def _administrator(self) -> Actor:
        one: Member = next(m for part, m in zip(PARTS, self.cast.staff, strict=False) if part.role is Role.QI_ADMIN)
        return Actor(one.person_id, PersonKind.STAFF, one.name, (Held(Role.QI_ADMIN, ScopeKind.TRUST),))
