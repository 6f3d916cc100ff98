"""A small course with something to have signed off, and everybody who may do it, through the same commands as pages."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.access.actor import SYSTEM, Actor
from app.kernel.config import ROOT
from app.learning.commands import Enrol, GrantAward, RecordOutcome, enrol, grant_award, record_outcome
from app.learning.queries import OnCourse, on_course
from app.learning.rules import COACH_TIER, OutcomeSource
from app.organisation.models import Person
from app.signing import commands, queries
from app.signing.rules import SignOffState
from tests.world import World

SLUG = "induction"
KEY = "tried-it"
OTHER = "told-others"
COACHED = "talked-with-a-coach"
ACCOUNT = "I asked three people on Larch what gets in their way, and wrote it on the board."
STATEMENT = "They asked colleagues what gets in the way, and shared what they heard."
TIMES = {"minutes": 10, "participatory_minutes": 5}


def _sign_off(key: str, signer: str) -> dict[str, Any]:
    return {
        "id": key,
        "kind": "sign-off",
        "title": f"Have it signed off: {key}",
        "statement": STATEMENT,
        "prompt": "What did you do, where and with whom?",
        "hint": "Nothing about a patient.",
        "signer": signer,
    } | TIMES


def _course(slug: str, tier: str, signer: str, edition: int) -> dict[str, Any]:
    return {
        "slug": slug,
        "tier": tier,
        "edition": edition,
        "title": "A course with a sign-off",
        "public_title": "A short course",
        "audience": "staff",
        "for_whom": "Everybody",
        "summary": "A course for tests.",
        "owner": "QI team",
        "review_by": "2027-11-30",
        "retention": "other-training-6-years",
        "language": "en-GB",
        "reading_age": {"from": 9, "to": 14},
        "status": "open",
        "objectives": [{"id": "ask", "text": "Ask what gets in the way", "competency": "purpose", "level": 1}],
        "cpd": {},
        "validity": None,
        "modules": [
            {
                "id": "asking",
                "title": "Asking first",
                "file": "01-asking.md",
                "objectives": ["ask"],
                "activities": [
                    {"id": "read-it", "kind": "read", "minutes": 5, "participatory_minutes": 0},
                    _sign_off(KEY, signer),
                    _sign_off(OTHER, "either"),
                    _sign_off(COACHED, "coach"),
                ],
            }
        ],
        "completion": {"requires": ["read-it", KEY], "awards": tier, "certificate": "completion"},
        "sources": [],
    }


def write_course(
    folder: Path, *, slug: str = SLUG, tier: str = SLUG, signer: str = "supervisor", edition: int = 1
) -> Path:
    """A folder with one staff course: a text, a sign-off that it requires and two that it does not."""
    folder.mkdir(exist_ok=True)
    for shared in ("framework.yaml", "glossary.yaml"):
        shutil.copyfile(ROOT / "courses" / shared, folder / shared)
    home = folder / slug
    home.mkdir(exist_ok=True)
    text = yaml.safe_dump(_course(slug, tier, signer, edition), sort_keys=False, allow_unicode=True)
    (home / "course.yaml").write_text(text.replace("'2027-11-30'", "2027-11-30"))
    (home / "01-asking.md").write_text("Ask before you change anything.\n\n## How\n\nAsk three people.\n")
    return folder


@dataclass
class Scene:
    """A ward with a manager, its directorate with a lead, a coach in another, and Ben, who has joined the course."""

    world: World
    manager: Person
    lead: Person
    coach: Person
    ben: Person
    slug: str = SLUG

    @classmethod
    def of(cls, world: World) -> "Scene":
        manager = world.hire("Maya", "Osei", team=world.team("Larch", "Medicine"), job_role="Ward manager", band="7")
        lead = world.lead("Medicine", given_name="Teresa", family_name="Hollis")
        coach = world.hire("Carl", "Jung", team=world.team("Theatres", "Surgery"))
        make_coach(world, coach)
        ben = world.hire("Ben", "Nguyễn", team=world.team("Larch", "Medicine"), manager_id=manager.id)
        scene = cls(world, manager, lead, coach, ben)
        scene.join(ben)
        return scene

    def actor(self, person: Person) -> Actor:
        return self.world.actor(person)

    def course(self, who: Person | None = None) -> OnCourse:
        with self.world.db.read() as session:
            return on_course(session, self.actor(who or self.ben), self.slug)

    def join(self, who: Person, *, again: bool = False) -> None:
        command = Enrol(course_id=self.course(who).view.course_id, again=again)
        with self.world.db.write() as session:
            enrol(session, self.actor(who), command, self.world.now)

    def read_it(self, who: Person | None = None) -> None:
        """Everything that the course requires but the sign-off."""
        activity = self.course(who).activity("read-it")
        command = RecordOutcome(
            person_id=(who or self.ben).id,
            activity_id=activity.id,
            occurred_on=self.world.today,
            minutes=activity.minutes,
            participatory_minutes=0,
            source=OutcomeSource.READ,
        )
        with self.world.db.write() as session:
            record_outcome(session, self.actor(who or self.ben), command, self.world.now)

    def requests(self, who: Person | None = None, activity: str = KEY) -> queries.Requests:
        course = self.course(who)
        assert course.enrolment
        with self.world.db.read() as session:
            return queries.requests_of(session, course.enrolment.id, course.activity(activity).id)

    def states(self, activity: str = KEY) -> list[SignOffState]:
        return [row.state for row in self.requests(activity=activity).rows]

    def ask(
        self,
        asked: Person | None = None,
        account: str = ACCOUNT,
        *,
        who: Person | None = None,
        seen: int | None = None,
        activity: str = KEY,
    ) -> int:
        """Ask, or ask anew, having seen the present state unless told otherwise. Returns the request's id."""
        command = commands.RequestSignOff(
            course=self.slug,
            activity=activity,
            account=account,
            asked_id=(asked or self.manager).id,
            seen=self.requests(who, activity).seen if seen is None else seen,
        )
        with self.world.db.write() as session:
            commands.request_sign_off(
                session, self.world.settings, self.actor(who or self.ben), command, self.world.now
            )
        latest = self.requests(who, activity).latest
        assert latest
        return latest.id

    def withdraw(self, seen: int | None = None, activity: str = KEY) -> None:
        wanted = self.requests(activity=activity).seen if seen is None else seen
        command = commands.WithdrawSignOff(course=self.slug, activity=activity, seen=wanted)
        with self.world.db.write() as session:
            commands.withdraw_sign_off(session, self.actor(self.ben), command, self.world.now)

    def decide(self, request_id: int, by: Person | None = None, *, confirm: bool = True, comment: str = "") -> None:
        command = commands.DecideSignOff(sign_off_id=request_id, confirm=confirm, comment=comment)
        with self.world.db.write() as session:
            commands.decide_sign_off(
                session, self.world.settings, self.actor(by or self.manager), command, self.world.now
            )

    def confirm_several(self, *request_ids: int, by: Person | None = None) -> commands.Confirmed:
        command = commands.ConfirmSeveral(sign_off_ids=request_ids)
        with self.world.db.write() as session:
            return commands.confirm_several(
                session, self.world.settings, self.actor(by or self.manager), command, self.world.now
            )

    def move_requests(self) -> int:
        with self.world.db.write() as session:
            return commands.move_requests(session, self.world.settings, SYSTEM, self.world.now)

    def waiting(self, by: Person | None = None) -> queries.Waiting:
        with self.world.db.read() as session:
            return queries.waiting_for(session, self.actor(by or self.manager), self.world.now)

    def waits_for(self, by: Person) -> list[int]:
        return [a.request.id for a in self.waiting(by).asked]


def make_coach(world: World, person: Person | int) -> None:
    person_id = person if isinstance(person, int) else person.id
    command = GrantAward(person_id=person_id, tier=COACH_TIER, occurred_on=world.today, source="a course")
    with world.db.write() as session:
        grant_award(session, SYSTEM, command, world.now)
