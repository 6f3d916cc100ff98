"""Something done at work and confirmed: the administrator tries the gallery's sign-off, as an author would."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from app.access.actor import SYSTEM, Actor, Held, PersonKind, ScopeKind
from app.access.permissions import Role
from app.curriculum.queries import all_courses
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.views import ActivityView, CourseView
from app.demonstration.calendar import Calendar
from app.demonstration.learners import staff_actor
from app.demonstration.trust import Cast, Member
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.learning.commands import Enrol, enrol
from app.learning.queries import joined
from app.organisation.commands import EndEmployment, end_employment
from app.signing.commands import (
    DecideSignOff,
    RequestSignOff,
    decide_sign_off,
    move_requests,
    request_sign_off,
)
from app.signing.queries import Entitled, Requests, requests_of, signers
from app.signing.rules import Signer, Tie

SHORT = "I tried it on one shift, and it went well."
MISSING = "Which shift was it, and what had you expected beforehand? Two more sentences are enough."
FULL = (
    "On the late shift of our last team day we put the huddle board by the kitchen instead of in the office. I had "
    "expected six of eight people to stop at it; five did. I told the coordinator, and we try it again on a night."
)


class SignOffs:
    """Asked of a lead who finds it too short, asked again of a coach, who leaves: so it moves on and waits."""

    def __init__(self, settings: Settings, cast: Cast) -> None:
        self.settings = settings
        self.cast = cast

    def plan(self, session: WriteSession, calendar: Calendar, admin: Member, last: date) -> None:
        """Nothing, as long as no course for authors has a sign-off."""
        for view, activity in _sign_offs(session):
            for ago, deed in ((24, self._ask), (20, self._reject), (12, self._ask_a_coach), (4, self._coach_leaves)):
                calendar.on(last - timedelta(days=ago), partial(deed, admin, view, activity), hour=10)

    def _ask(
        self, admin: Member, view: CourseView, activity: ActivityView, session: WriteSession, now: datetime
    ) -> None:
        enrol(session, as_author(admin), Enrol(course_id=view.course_id), now)
        leads = self._who(session, admin, activity, now, Tie.LEAD)
        self._request(session, admin, view, activity, leads, SHORT, now)

    def _reject(
        self, admin: Member, view: CourseView, activity: ActivityView, session: WriteSession, now: datetime
    ) -> None:
        latest = self._requests(session, admin, view, activity).latest
        if latest is not None:
            decider = staff_actor(latest.asked_id, latest.asked)
            command = DecideSignOff(sign_off_id=latest.id, confirm=False, comment=MISSING)
            decide_sign_off(session, self.settings, decider, command, now)

    def _ask_a_coach(
        self, admin: Member, view: CourseView, activity: ActivityView, session: WriteSession, now: datetime
    ) -> None:
        ordinary = {m.person_id for m in self.cast.ordinary()}
        coaches = [c for c in self._who(session, admin, activity, now, Tie.COACH) if c.person_id in ordinary]
        self._request(session, admin, view, activity, coaches, FULL, now)

    def _coach_leaves(
        self, admin: Member, view: CourseView, activity: ActivityView, session: WriteSession, now: datetime
    ) -> None:
        latest = self._requests(session, admin, view, activity).latest
        coach = next((m for m in self.cast.ordinary() if latest and m.person_id == latest.asked_id), None)
        if coach is not None and coach.left is None:
            end_employment(session, SYSTEM, EndEmployment(person_id=coach.person_id, on=now.date()), now)
            coach.left = now.date()
        move_requests(session, self.settings, SYSTEM, now)

    def _request(
        self,
        session: WriteSession,
        admin: Member,
        view: CourseView,
        activity: ActivityView,
        whom: Sequence[Entitled],
        account: str,
        now: datetime,
    ) -> None:
        if whom:
            command = RequestSignOff(
                course=view.slug,
                activity=activity.key,
                account=account,
                asked_id=whom[0].person_id,
                seen=self._requests(session, admin, view, activity).seen,
            )
            request_sign_off(session, self.settings, as_author(admin), command, now)

    def _requests(self, session: WriteSession, admin: Member, view: CourseView, activity: ActivityView) -> Requests:
        _course, enrolment = joined(session, as_author(admin), view.slug)
        return requests_of(session, enrolment.id, activity.id)

    def _who(
        self, session: WriteSession, admin: Member, activity: ActivityView, now: datetime, tie: Tie
    ) -> list[Entitled]:
        signer = Signer(activity.signer)
        found = signers(session, [admin.person_id], now.date(), among=(signer,)).of(admin.person_id, signer)
        return [one for one in found if one.tie is tie]


def _sign_offs(session: WriteSession) -> list[tuple[CourseView, ActivityView]]:
    views = all_courses(session, Audience.AUTHOR)
    return [(v, a) for v in views for a in v.activities if a.kind is ActivityKind.SIGN_OFF]


def as_author(admin: Member) -> Actor:
    held = (Held(Role.QI_ADMIN, ScopeKind.TRUST), *staff_actor(admin.person_id, admin.name).held)
    return Actor(admin.person_id, PersonKind.STAFF, admin.name, held)
