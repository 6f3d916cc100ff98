"""A person begins here, or comes back."""

from dataclasses import dataclass
from datetime import datetime

from app.access.actor import Actor, PersonKind
from app.kernel import audit
from app.kernel.db import WriteSession
from app.kernel.errors import NotFoundError
from app.kernel.names import folded
from app.organisation.commands.identity import checked_email, checked_name
from app.organisation.commands.posts import Post, check_post, place, staff_data_changed
from app.organisation.models import Employment, Person
from app.organisation.rules import address_key, display_name, list_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire(Post):
    """A new member of staff. Employed people bring an employee number, all others a sponsor and a last day.

    `username` is for people without an e-mail address; the account itself is made by accounts.commands.take_on, or
    by open_account after this command. `ends_on` is the first day on which they are no longer here.
    """

    given_name: str = ""
    family_name: str
    email: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoin(Post):
    """A former member of staff comes back, with their history. An empty `email` keeps the one they had."""

    person_id: int
    email: str | None = None
    username: str | None = None


def hire(session: WriteSession, actor: Actor, command: Hire, now: datetime) -> Person:
    """Write the person and their first post. They can sign in once accounts has opened an account for them.

    Raises BadInputError by field: a team out of reach or closed, an address or employee number that somebody else
    has, no sponsor or end where the basis needs them. A starter's induction is given by whoever stands above.
    """
    given = checked_name("given_name", command.given_name, "a given name", needed=False)
    family = checked_name("family_name", command.family_name, "a family name")
    email = checked_email(session, command.email)
    check_post(session, actor, command)
    listed = list_name(given, family)
    person = Person(
        kind=PersonKind.STAFF,
        name=display_name(given, family),
        list_name=listed,
        sort_key=folded(listed),
        email=email,
        email_key=address_key(email) if email else None,
        made_at=now,
    )
    session.add(person)
    session.flush()
    post = place(session, person.id, command)
    changed = {"name": (None, person.name), **({"email": (None, email)} if email else {}), **_words(post)}
    audit.record(session, actor, "hire", "employment", post.id, now=now, subject_id=person.id, changed=changed)
    staff_data_changed(session, now)
    return person


def rejoin(session: WriteSession, actor: Actor, command: Rejoin, now: datetime) -> Employment:
    """Begin a further post for somebody who was here before. Raises RuleBrokenError while a main post overlaps it."""
    person = session.get(Person, command.person_id)
    if person is None or person.kind is not PersonKind.STAFF or person.merged_into_id is not None:
        raise NotFoundError("person")
    email = checked_email(session, command.email, person.id) or person.email
    check_post(session, actor, command, person.id)
    post = place(session, person.id, command)
    changed = {"email": (person.email, email)} if email != person.email else {}
    person.email, person.email_key = email, address_key(email) if email else None
    audit.record(
        session,
        actor,
        "rejoin",
        "employment",
        post.id,
        now=now,
        subject_id=person.id,
        changed={**changed, **_words(post)},
    )
    staff_data_changed(session, now)
    return post


def _words(post: Employment) -> dict[str, tuple[str | None, str | None]]:
    """What the audit keeps of a new post; what is not known is not mentioned."""
    said = {
        "team_id": str(post.team_id),
        "job_role": post.job_role,
        "employee_number": post.employee_number,
        "starts_on": post.starts_on.isoformat(),
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }
    return {field: (None, words) for field, words in said.items() if words}
