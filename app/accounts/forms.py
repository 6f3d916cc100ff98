"""What people type about accounts."""

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.commands import GrantRole
from app.organisation.rules import first_without
from app.web.form import Day, Form, MaybeDay

Typed = Annotated[str, StringConstraints(min_length=1, max_length=320)]
# A password is taken exactly as it was typed, spaces and all; whether it is a good one is said elsewhere.
Secret = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=4096)]


class SignInForm(Form):
    labels: ClassVar = {"username": "your e-mail address or sign-in name", "password": "your password"}

    username: Typed
    password: Secret


class PasswordForm(Form):
    labels: ClassVar = {"password": "a new password"}

    password: Secret


class CodeForm(Form):
    labels: ClassVar = {
        "username": "the sign-in name in your letter",
        "code": "the code in your letter",
    } | PasswordForm.labels

    username: Typed
    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    password: Secret


class ChangeForm(Form):
    labels: ClassVar = {"present": "your present password"} | PasswordForm.labels

    present: Secret
    password: Secret


class ForgottenForm(Form):
    labels: ClassVar = {"username": "your e-mail address or sign-in name"}

    username: Typed


class GrantForm(Form):
    """`scope` is trust, directorate-3 or team-14; `last` the last day of the role, as people say it."""

    messages: ClassVar = {
        "role": "Choose a role",
        "scope": "Choose where the role counts",
        "first": "Enter the first day, such as 31 March 2027",
    }
    shown_as: ClassVar = {"scope_id": "scope", "starts_on": "first", "ends_on": "last"}

    role: Role
    scope: Annotated[str, StringConstraints(pattern=r"^(trust|directorate-\d{1,9}|team-\d{1,9})$")]
    first: Day
    last: MaybeDay = None

    def command(self, person_id: int) -> GrantRole:
        kind, _, number = self.scope.partition("-")
        return GrantRole(
            person_id=person_id,
            role=self.role,
            scope_kind=ScopeKind(kind),
            scope_id=int(number) if number else None,
            starts_on=self.first,
            ends_on=first_without(self.last),
        )
