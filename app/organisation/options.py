"""What lists of choices hold, and what a form shows again."""

from collections.abc import Mapping

from app.organisation.queries import TeamRow
from app.organisation.rules import BANDS, BASIS_NAMES, MEDICAL_GRADES, STAFF_GROUPS, Basis
from app.web.form import Invalid
from app.web.page import Filled, Option


def filled(invalid: Invalid | None, values: Mapping[str, str]) -> Filled:
    """What was typed, or what is there already."""
    return Filled.of(invalid.values, invalid.errors) if invalid else Filled.of(values)


def team_options(teams: list[TeamRow]) -> tuple[Option, ...]:
    return tuple(Option(value=str(t.id), text=t.name, group=t.directorate) for t in teams)


def staff_group_options(present: str = "") -> tuple[Option, ...]:
    """The national staff groups, and the present one if the staff record uses another."""
    others = (present,) if present and present not in STAFF_GROUPS else ()
    return tuple(Option(value=name, text=name) for name in (*STAFF_GROUPS, *others))


def band_options(present: str = "") -> tuple[Option, ...]:
    bands = tuple(Option(value=b, text=b, group="Agenda for Change band") for b in BANDS)
    grades = tuple(Option(value=g, text=g, group="Medical grade") for g in MEDICAL_GRADES)
    others = (present,) if present and present not in {*BANDS, *MEDICAL_GRADES} else ()
    return bands + grades + tuple(Option(value=o, text=o, group="As recorded") for o in others)


def basis_options() -> tuple[Option, ...]:
    return tuple(Option(value=str(b), text=BASIS_NAMES[b]) for b in Basis)
