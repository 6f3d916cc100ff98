"""A trust with one of everybody and something of everything, in which every text that people type is hostile.

Each domain adds what is its own in `tests/<domain>/furnish.py`:

    def furnish(world: World, cast: Cast) -> None:
        ...                                            # through the domain's commands
        cast.put("attempt_id", attempt.id, whose="staff")   # what stands for {attempt_id} in an address

`cast.crowd` are further people: do for each of them what you do for Sam, so that a query that grows with rows is seen.
"""

import importlib
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.models import SignInSession
from app.kernel.db import table
from tests.world import World

MARK = "<hostile>"
HOSTILE = f"{{{{7*7}}}}'\">{MARK}"
"""Breaks out of text, of attributes in either quotes, and of a template that is rendered twice."""

FLOORS = (
    "organisation", "accounts", "curriculum", "learning", "assessment", "marking", "signing", "recognition",
    "cohorts", "ratings", "capability", "planning", "oversight", "evidence", "intake",
    "equality",
)  # fmt: skip
TESTS = Path(__file__).resolve().parents[1]

VISITORS = (
    "anonymous",
    "staff-own",
    "staff-other",
    "lead-own",
    "lead-other",
    "hr",
    "hr-own",
    "hr-other",
    "involvement",
    "qi-admin",
    "partner-own",
    "partner-other",
    "leaver",
    "marker",
    "board-member",
)


@dataclass
class Cast:
    """Who is there, by the name of the visitor in access.csv, and what may stand in an address."""

    people: dict[str, int] = field(default_factory=dict)
    crowd: list[int] = field(default_factory=list)
    partner_crowd: list[int] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    examples: dict[str, object] = field(default_factory=dict)

    @property
    def sam(self) -> int:
        """The member of staff whose things a row with `whose` = staff is about."""
        return self.people["staff-own"]

    @property
    def rosie(self) -> int:
        """The patient partner whose things a row with `whose` = partner is about."""
        return self.people["partner-own"]

    def put(self, name: str, value: object, whose: str = "", route: str = "") -> None:
        """Say what stands for `{name}` in addresses and in the form column: everywhere, or for one route."""
        self.examples[f"{route} {name} {whose}"] = value

    def example(self, name: str, whose: str, route: str) -> object:
        for key in (f"{route} {name} {whose}", f"{route} {name} ", f" {name} {whose}", f" {name} "):
            if key in self.examples:
                return self.examples[key]
        raise KeyError(f"nothing stands for {{{name}}} of {whose!r}: put it in a tests/<domain>/furnish.py")


def furnish(world: World, crowd: int) -> Cast:
    """Fill a migrated, empty world. `crowd` is how many more people there are of each kind."""
    cast = Cast()
    _employ(world, cast, crowd)
    _welcome(world, cast, crowd)
    for floor in FLOORS:
        if (TESTS / floor / "furnish.py").exists():
            importlib.import_module(f"tests.{floor}.furnish").furnish(world, cast)
    _sign_everybody_in(world, cast)
    return cast


def _sign_everybody_in(world: World, cast: Cast) -> None:
    signed_in, session_id = table(SignInSession), sa.func.max(table(SignInSession).c.id)
    for visitor, person_id in cast.people.items():
        cast.tokens[visitor] = world.sign_in(person_id)
    for whose, person_id in (("staff", cast.sam), ("partner", cast.rosie)):
        with world.db.read() as session:
            cast.put(
                "session_id", session.scalar(sa.select(session_id).where(signed_in.c.person_id == person_id)), whose
            )


def _employ(world: World, cast: Cast, crowd: int) -> None:
    here = world.directorate(f"Medicine {HOSTILE}")
    elsewhere = world.directorate(f"Surgery {HOSTILE}")
    team = world.team(f"Ward 7 {HOSTILE}", here, site=f"Main site {HOSTILE}")
    other_team = world.team(f"Theatres {HOSTILE}", elsewhere)
    words: dict[str, Any] = {"job_role": f"Nurse {HOSTILE}", "band": f"5{HOSTILE}", "assignment_number": f"A{HOSTILE}"}
    people = cast.people
    people["qi-admin"] = world.with_role(Role.QI_ADMIN, family_name=f"Admin {HOSTILE}", team=other_team, **words).id
    words |= {"manager_id": people["qi-admin"]}
    for visitor, place in (
        ("staff-own", team),
        ("staff-other", team),
        ("lead-own", team),
        ("lead-other", other_team),
        ("hr", other_team),
        ("hr-own", team),
        ("hr-other", other_team),
        ("involvement", other_team),
        ("leaver", team),
        ("marker", other_team),
        ("board-member", other_team),
    ):
        number = f"{visitor[:9]}{HOSTILE}"[:30]
        name = f"O'Neill-{visitor}{HOSTILE}"
        people[visitor] = world.hire(f"Sam{HOSTILE}", name, team=place, employee_number=number, **words).id
    world.grant(people["lead-own"], Role.LEAD, ScopeKind.DIRECTORATE, here.id)
    world.grant(people["lead-other"], Role.LEAD, ScopeKind.DIRECTORATE, elsewhere.id)
    world.grant(people["hr"], Role.HR)
    world.grant(people["hr-own"], Role.HR, ScopeKind.DIRECTORATE, here.id)
    world.grant(people["hr-other"], Role.HR, ScopeKind.DIRECTORATE, elsewhere.id)
    world.grant(people["involvement"], Role.INVOLVEMENT)
    world.grant(people["marker"], Role.MARKER)
    world.grant(people["board-member"], Role.BOARD)
    world.leave(people["leaver"], world.today - timedelta(days=1))
    for one in range(crowd):
        cast.crowd.append(world.hire(f"Crowd{HOSTILE}", f"{one}{HOSTILE}", team=team, **words).id)
        world.team(f"Ward {one} {HOSTILE}", here)
    cast.put("person_id", people["staff-own"], "staff")
    cast.put("team_id", team.id)
    cast.put("other_team_id", world.team(f"Ward 8 {HOSTILE}", here).id)
    cast.put("directorate_id", here.id)


def _welcome(world: World, cast: Cast, crowd: int) -> None:
    contact = {
        "contact_name": f"Mina {HOSTILE}",
        "contact_phone": f"020 {HOSTILE}",
        "contact_hours": f"9 to 5 {HOSTILE}",
    }
    cast.people["partner-own"] = world.partner(f"Rosie {HOSTILE}", **contact).id
    cast.people["partner-other"] = world.partner(f"Bo {HOSTILE}", email="bo@partner.example", **contact).id
    cast.partner_crowd = [world.partner(f"Kit {n} {HOSTILE}", **contact).id for n in range(crowd)]
    cast.put("person_id", cast.people["partner-own"], "partner")
