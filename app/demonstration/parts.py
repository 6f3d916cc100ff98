"""Who has a sign-in of their own in the demonstration, one for each kind of person."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.access.permissions import Role
from app.demonstration.partners import PARTNERS
from app.demonstration.shape import DIRECTORATES, Post

EMAIL_DOMAIN = "northmoor.example"
PASSWORD = "Larch-and-Rowan-26"  # noqa: S105  printed at every start: the demonstration's people do not exist


@dataclass(frozen=True, slots=True)
class SignIn:
    """One printed sign-in: what kind of person, and the name to type."""

    kind: str
    username: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part in the story with a sign-in of its own."""

    kind: str
    name: tuple[str, str]
    team: str
    post: Post
    role: Role | None = None
    directorate: str | None = None


_OFFICE = "Administrative and Clerical"
PARTS = (
    Part(
        "A member of staff", ("Folake", "Adeyemi"), "Larch ward",
        Post("Nursing and Midwifery Registered", "Staff nurse", "5"),
    ),
    Part(
        "A directorate lead", ("Teresa", "Hollis"), "Larch ward",
        Post("Nursing and Midwifery Registered", "Matron", "8a"), Role.LEAD, "Adult inpatient services",
    ),
    Part("HR", ("Lin", "Ashworth"), "People and development", Post(_OFFICE, "HR adviser", "6"), Role.HR),
    Part(
        "A QI team administrator", ("Marco", "Adler"), "Quality improvement team",
        Post(_OFFICE, "QI team administrator", "7"), Role.QI_ADMIN,
    ),
    Part(
        "An involvement worker", ("Ruth", "Okafor"), "Quality improvement team",
        Post(_OFFICE, "Involvement worker", "6"), Role.INVOLVEMENT,
    ),
    Part(
        "A marker", ("Priya", "Nair"), "Memory clinic",
        Post("Allied Health Professionals", "Occupational therapist", "6"), Role.MARKER,
    ),
    Part(
        "A facilitator", ("Idris", "Cole"), "Quality improvement team",
        Post(_OFFICE, "Improvement trainer", "6"), Role.FACILITATOR,
    ),
    Part(
        "A board member", ("Amara", "Whitlock"), "Trust board",
        Post(_OFFICE, "Non-executive director", "VSM"), Role.BOARD,
    ),
)  # fmt: skip
LEADS = tuple(name for name, _ in DIRECTORATES if name != "Adult inpatient services")


def sign_ins() -> Sequence[SignIn]:
    """The names to sign in with, all under the same printed password."""
    staff = [SignIn(part.kind, f"{part.name[0][0]}.{part.name[1]}@{EMAIL_DOMAIN}".lower()) for part in PARTS]
    return [*staff, SignIn("A patient partner", PARTNERS[0][0].lower())]
