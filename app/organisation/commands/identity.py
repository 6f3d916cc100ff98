"""What every new person must bring, of whatever kind: a name that can be shown and an address nobody else has."""

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError
from app.kernel.names import tidy
from app.organisation.models import Person
from app.organisation.rules import address_key

_person = table(Person)
LONGEST_NAME = 100

# The same words whoever has the address: to learn that somebody unseen has it would be to learn about them.
TAKEN = "This address cannot be used for a new account. Use another, or leave it empty and give a sign-in name"


def checked_name(field: str, text: str, label: str, *, needed: bool = True) -> str:
    """The name as people will see it. Raises BadInputError under the field's name."""
    name = tidy(text)
    if needed and not any(c.isalnum() for c in name):
        raise BadInputError({field: f"Enter {label}"})
    if len(name) > LONGEST_NAME:
        raise BadInputError({field: f"{label.capitalize()} must be {LONGEST_NAME} characters or fewer"})
    return name


def checked_email(session: ReadSession, text: str | None, owner_id: int | None = None) -> str | None:
    """The address, None when empty. Raises BadInputError for one that is no address or is somebody else's."""
    if not text or not text.strip():
        return None
    try:
        email = validate_email(tidy(text), check_deliverability=False).normalized
    except EmailNotValidError:
        raise BadInputError({"email": "Enter an e-mail address such as name@trust.example"}) from None
    holder = session.scalar(sa.select(_person.c.id).where(_person.c.email_key == address_key(email)))
    if holder is not None and holder != owner_id:
        raise BadInputError({"email": TAKEN})
    return email
