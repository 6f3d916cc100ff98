"""Patient partners of the demonstration: under the names they chose, each at another place of their course."""

from datetime import datetime

from app.access.actor import SYSTEM
from app.accounts.commands import welcome
from app.curriculum.views import CourseView
from app.demonstration.calendar import Happening
from app.demonstration.learners import Learners, partner_actor
from app.kernel.config import Settings
from app.kernel.db import WriteSession
from app.organisation.commands import WelcomePartner
from app.organisation.models import Person

# The name they chose, the share of the course they have done, how many days ago they began.
PARTNERS = (
    ("Sam", 0.4, 40),
    ("Winston", 1.0, 210),
    ("Mrs Patel", 1.0, 160),
    ("J", 0.2, 15),
    ("Thandi", 0.7, 90),
    ("Old Bill O'Hara", 0.0, 6),
    ("Ayesha", 1.0, 560),
    ("Gareth", 1.0, 540),
    ("Mr Lee", 1.0, 505),
    ("Dot", 1.0, 470),
    ("Femi", 1.0, 450),
    ("Kasia", 1.0, 425),
    ("R. Doyle", 0.6, 410),
    ("Mo", 1.0, 380),
    ("Beverley", 1.0, 350),
    ("Tariq", 1.0, 330),
    ("Nan", 1.0, 300),
    ("Jules", 1.0, 270),
    ("Mrs Achebe", 0.4, 250),
    ("Lin", 1.0, 240),
    ("Ruby", 1.0, 190),
    ("Dai", 1.0, 130),
)
CONTACT = ("Ruth Okafor", "01632 960 114", "Monday to Thursday, 10 to 4")


def username(name: str) -> str:
    return "".join(c for c in name.lower() if c.isascii() and c.isalnum()).ljust(3, "1") + ".partner"


def welcoming(settings: Settings, learners: Learners, course: CourseView, name: str, share: float) -> Happening:
    """One partner is welcomed, and goes through their share of the course."""

    def happen(session: WriteSession, now: datetime) -> None:
        person = _welcome(session, settings, name, now)
        if share:
            actor = partner_actor(person.id, person.name)
            learners.take_course(session, actor, course, now, share=share, days=30)

    return happen


def _welcome(session: WriteSession, settings: Settings, name: str, now: datetime) -> Person:
    contact, phone, hours = CONTACT
    command = WelcomePartner(
        name=name,
        contact_name=contact,
        contact_phone=settings.partner_contact_phone or phone,
        contact_hours=settings.partner_contact_hours or hours,
    )
    return welcome(session, SYSTEM, command, username(name).replace(".partner", ""), now)
