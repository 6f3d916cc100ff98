"""What people type about people, posts, teams and directorates."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, StringConstraints

from app.organisation.commands import (
    ChangePartner,
    CloseTeam,
    EndEmployment,
    EndLeave,
    Hire,
    Move,
    OpenDirectorate,
    OpenTeam,
    RecordLeave,
    Rejoin,
    SetSite,
    WelcomePartner,
)
from app.organisation.rules import Basis, LeaveKind, first_without
from app.web.form import Day, Form, MaybeDay

Words = Annotated[str, StringConstraints(min_length=1, max_length=120)]
MaybeWords = Annotated[str, StringConstraints(max_length=120)]
Number = Annotated[str, StringConstraints(max_length=30)]
Address = Annotated[str, StringConstraints(max_length=320)]


def _none_when_empty(text: object) -> object:
    return None if text == "" else text


SHOWN_AS = {"starts_on": "first", "ends_on": "last", "on": "first", "manager_id": "manager", "sponsor_id": "sponsor"}

Chosen = Annotated[int, BeforeValidator(_none_when_empty)]
MaybeChosen = Annotated[int | None, BeforeValidator(_none_when_empty)]

LABELS = {
    "given_name": "a given name",
    "family_name": "a family name",
    "job_role": "a job role",
    "band": "a band or grade",
    "employee_number": "an employee number",
    "assignment_number": "an assignment number",
    "email": "an e-mail address",
    "username": "a sign-in name",
    "manager": "the manager’s name",
    "sponsor": "the sponsor’s name",
}
FIRST = "Enter the first day, such as 31 March 2027"


class PostForm(Form):
    """One post. `manager` and `sponsor` are names, addresses or numbers; the route finds whose they are."""

    labels: ClassVar = LABELS
    messages: ClassVar = {
        "first": FIRST,
        "last": "Enter the last day, such as 31 March 2027",
        "team_id": "Choose a team",
        "basis": "Choose how they work here",
        "staff_group": "Choose a staff group",
    }
    shown_as: ClassVar = SHOWN_AS

    email: Address = ""
    username: Annotated[str, StringConstraints(max_length=60)] = ""
    basis: Basis
    employee_number: Number = ""
    assignment_number: Annotated[str, StringConstraints(max_length=40)] = ""
    team_id: Chosen
    manager: MaybeWords = ""
    sponsor: MaybeWords = ""
    staff_group: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    job_role: Words
    band: Annotated[str, StringConstraints(max_length=40)] = ""
    first: Day
    last: MaybeDay = None

    def _post(self, manager_id: int | None, sponsor_id: int | None) -> dict[str, Any]:
        return {
            "email": self.email or None,
            "username": self.username or None,
            "basis": self.basis,
            "employee_number": self.employee_number or None,
            "assignment_number": self.assignment_number or None,
            "team_id": self.team_id,
            "manager_id": manager_id,
            "sponsor_id": sponsor_id,
            "staff_group": self.staff_group,
            "job_role": self.job_role,
            "band": self.band,
            "starts_on": self.first,
            "ends_on": first_without(self.last),
        }


class NameForm(Form):
    labels: ClassVar = LABELS

    given_name: Annotated[str, StringConstraints(max_length=100)] = ""
    family_name: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class HireForm(PostForm, NameForm):
    def command(self, manager_id: int | None, sponsor_id: int | None) -> Hire:
        return Hire(given_name=self.given_name, family_name=self.family_name, **self._post(manager_id, sponsor_id))


class RejoinForm(PostForm):
    def command(self, person_id: int, manager_id: int | None, sponsor_id: int | None) -> Rejoin:
        return Rejoin(person_id=person_id, **self._post(manager_id, sponsor_id))


class MoveForm(Form):
    labels: ClassVar = LABELS
    messages: ClassVar = {
        "first": "Enter the first day in the new post, such as 31 March 2027",
        "team_id": "Choose a team",
        "staff_group": "Choose a staff group",
    }
    shown_as: ClassVar = SHOWN_AS

    team_id: Chosen
    first: Day
    job_role: Words
    band: Annotated[str, StringConstraints(max_length=40)] = ""
    staff_group: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    manager: MaybeWords = ""

    def command(self, person_id: int, manager_id: int | None) -> Move:
        return Move(
            person_id=person_id,
            team_id=self.team_id,
            on=self.first,
            job_role=self.job_role,
            band=self.band,
            staff_group=self.staff_group,
            manager_id=manager_id,
        )


class EndForm(Form):
    messages: ClassVar = {"last": "Enter their last day, such as 31 March 2027"}

    last: Day

    def command(self, person_id: int) -> EndEmployment:
        on = first_without(self.last)
        assert on is not None
        return EndEmployment(person_id=person_id, on=on)


class LeaveForm(Form):
    messages: ClassVar = {
        "kind": "Choose what kind of leave it is",
        "first": "Enter the first day of leave, such as 31 March 2027",
        "back": "Enter the first day back, such as 31 March 2027, or leave it empty",
    }
    shown_as: ClassVar = {"starts_on": "first", "ends_on": "back"}

    kind: LeaveKind
    first: Day
    back: MaybeDay = None

    def command(self, person_id: int) -> RecordLeave:
        return RecordLeave(person_id=person_id, kind=self.kind, starts_on=self.first, ends_on=self.back)


class BackForm(Form):
    messages: ClassVar = {"back": "Enter the first day back, such as 31 March 2027"}
    shown_as: ClassVar = {"ends_on": "back"}

    back: Day

    def command(self, leave_id: int) -> EndLeave:
        return EndLeave(leave_id=leave_id, on=self.back)


class DirectorateForm(Form):
    labels: ClassVar = {"name": "a name for the directorate"}
    messages: ClassVar = {"first": FIRST}
    shown_as: ClassVar = SHOWN_AS

    name: Words
    first: Day

    def command(self) -> OpenDirectorate:
        return OpenDirectorate(name=self.name, starts_on=self.first)


class TeamForm(Form):
    labels: ClassVar = {"name": "a name for the team", "site": "a site"}
    messages: ClassVar = {"first": FIRST, "directorate_id": "Choose a directorate"}
    shown_as: ClassVar = SHOWN_AS

    name: Words
    directorate_id: Chosen
    first: Day
    site: MaybeWords = ""

    def command(self) -> OpenTeam:
        return OpenTeam(directorate_id=self.directorate_id, name=self.name, starts_on=self.first, site=self.site)


class SiteForm(Form):
    labels: ClassVar = {"site": "a site"}

    site: MaybeWords = ""

    def command(self, team_id: int) -> SetSite:
        return SetSite(team_id=team_id, site=self.site)


class CloseTeamForm(Form):
    messages: ClassVar = {"last": "Enter the team’s last day, such as 31 March 2027"}

    last: Day
    successor_id: MaybeChosen = None

    def command(self, team_id: int) -> CloseTeam:
        on = first_without(self.last)
        assert on is not None
        return CloseTeam(team_id=team_id, on=on, successor_id=self.successor_id)


class PartnerForm(Form):
    labels: ClassVar = LABELS | {
        "name": "the name they want to be called by",
        "contact_name": "the name of the person they can talk to",
        "contact_phone": "that person’s telephone number",
        "contact_hours": "when that person can be reached",
    }

    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    email: Address = ""
    username: Annotated[str, StringConstraints(max_length=60)] = ""
    contact_name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    contact_phone: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    contact_hours: MaybeWords = ""

    def welcome(self) -> WelcomePartner:
        return WelcomePartner(**self.model_dump(exclude={"username"}))

    def change(self, person_id: int) -> ChangePartner:
        return ChangePartner(person_id=person_id, **self.model_dump(exclude={"username"}))
