"""Deeds of an import: applying a plan whole, and welcoming whoever joined with it."""

from app.intake.commands.applying import ApplyImport, MovedError, apply_import
from app.intake.commands.numbering import numbers_needed
from app.intake.commands.preparing import Prepared, prepared
from app.intake.commands.telling import tell_hr
from app.intake.commands.welcoming import WelcomeJoiner, give_up_joiner, welcome_joiner

__all__ = [
    "ApplyImport",
    "MovedError",
    "Prepared",
    "WelcomeJoiner",
    "apply_import",
    "give_up_joiner",
    "numbers_needed",
    "prepared",
    "tell_hr",
    "welcome_joiner",
]
