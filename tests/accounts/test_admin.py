"""The administrator's desk: people come in, are invited, given roles and found; partners stay apart."""

from typing import Any

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.accounts.commands import CreateFirstAdmin, create_first_admin
from app.accounts.models import Credential
from app.kernel.db import table
from app.kernel.errors import BadInputError
from app.kernel.outbox import Mail
from app.organisation.models import Person
from tests.accounts.people import someone
from tests.client import HouseClient, document
from tests.world import World

POST: dict[str, Any] = {
    "given_name": "Aoife",
    "family_name": "O’Neill",
    "email": "aoife@trust.example",
    "basis": "employed",
    "employee_number": "31",
    "job_role": "Ward Manager",
    "staff_group": "Nursing and Midwifery Registered",
    "first": "1 November 2026",
}


@pytest.fixture
def admin(world: World) -> HouseClient:
    return world.client(world.with_role(Role.QI_ADMIN, family_name="Adler"))


def new_person(world: World, admin: HouseClient, **typed: Any) -> Any:
    page = admin.get("/people/new")
    return admin.submit(page, **(POST | {"team_id": str(world.team().id)} | typed))


def test_a_member_of_staff_is_added_and_invited(world: World, admin: HouseClient) -> None:
    world.load_courses()
    page = admin.follow(new_person(world, admin))
    assert page.status_code == 200
    assert "Has not chosen a password yet" in page.text
    assert "They are on the staff record" in page.text
    done = admin.submit(page, "/invite")
    assert "aoife@trust.example" in admin.follow(done).text
    with world.db.read() as session:
        assert session.scalar(sa.select(table(Mail).c.to_address)) == "aoife@trust.example"


def test_every_wrong_field_of_a_new_person_is_named_and_what_was_typed_is_kept(
    world: World, admin: HouseClient
) -> None:
    answer = new_person(
        world, admin, family_name="", email="not an address", team_id="", job_role="", first="soon", manager="Nobody"
    )
    page = document(answer)
    assert answer.status_code == 422
    assert page.title.startswith("Error: ")
    for said in ("Enter a family name", "Choose a team", "Enter a job role", "Enter the first day"):
        assert said in page.text
    assert "not an address" in answer.text
    answer = new_person(world, admin, email="not an address", basis="volunteer")
    assert "Enter an e-mail address such as" in document(answer).text
    answer = new_person(world, admin, basis="volunteer", employee_number="")
    for said in ("Choose a sponsor", "Enter a last day"):
        assert said in document(answer).text
    answer = new_person(world, admin, email="", username="")
    assert "Enter a sign-in name" in document(answer).text
    with world.db.read() as session:
        found = session.scalars(sa.select(table(Person).c.list_name).where(table(Person).c.kind == "staff")).all()
    assert len(found) == 1, "only the administrator"


def test_a_mover_and_a_leaver_on_the_pages(world: World, admin: HouseClient) -> None:
    sam = someone(world)
    rowan = world.team("Rowan", "Surgery")
    page = admin.get(f"/people/{sam.id}/move")
    assert admin.submit(page, team_id="", first="").status_code == 422
    assert admin.submit(page, team_id=rowan.id, first="1 December 2026").status_code == 303
    assert "1 December 2026" in admin.get(f"/people/{sam.id}").text
    page = admin.get(f"/people/{sam.id}/end")
    answer = admin.submit(page, last="30 November 2026")
    assert answer.status_code == 422
    assert "a post that begins on 1 December 2026" in document(answer).text
    assert admin.submit(page, last="31 December 2026").status_code == 303
    world.later(days=60)
    page = world.client(world.with_role(Role.QI_ADMIN)).get(f"/people/{sam.id}")
    assert "They come back" in page.text


def test_a_role_is_given_and_ended_on_the_pages(world: World, admin: HouseClient) -> None:
    sam = world.hire("Sam", "Lee")
    page = admin.get(f"/people/{sam.id}/roles/new")
    assert admin.submit(page, role="", first="").status_code == 422
    wrong = admin.submit(page, role="qi_admin", scope="team-1")
    assert "a role for the whole trust" in document(wrong).text
    given = admin.submit(page, role="lead", last="31 January 2027")
    shown = admin.follow(given)
    assert "23 November 2026 to 31 January 2027" in shown.text
    assert "Lee" in admin.get("/roles").text
    assert admin.submit(shown, "/end").status_code == 303
    assert "Given and ended on" in admin.get(f"/people/{sam.id}").text


def test_the_desk_says_what_waits(world: World, admin: HouseClient) -> None:
    sam = world.hire("Sam", "Lee")
    world.grant(sam, Role.HR, ends_on=world.today.replace(day=30))
    with world.db.write() as session:
        session.add(
            Mail(
                key="k", person_id=sam.id, to_address="x@trust.example", subject="Invitation <b>", body="secret link",
                made_at=world.now, not_before=world.now, given_up_at=world.now, problem="550 no such <user>",
            )
        )  # fmt: skip
    page = admin.get("/admin")
    said = document(page).text
    assert "2 members of staff have not been able to sign in yet; 1 mail could not be sent; 1 role will end" in said
    assert "550 no such <user>" in said
    assert "secret link" not in page.text


def test_the_number_of_those_who_wait_opens_them_all(world: World, admin: HouseClient) -> None:
    for number in range(22):
        world.hire("Ash", f"Waiting{number:02}")
    page = admin.get("/admin")
    assert "Waiting21" not in page.text
    total = int(document(page).text.split(" members of staff")[0].split()[-1])
    opened = admin.get(document(page).links[f"Show all {total}"].partition("#")[0])
    assert opened.text.count("Waiting") == 22
    assert "Show all" not in opened.text


def test_staff_are_found_by_any_spelling_and_partners_never(world: World, admin: HouseClient) -> None:
    world.hire("Seán", "Ó Súilleabháin")
    world.partner("Suilleabhain")
    said = document(admin.get("/people?q=suilleabhain")).text
    assert "1 person found" in said
    assert "Nobody here matches" in document(admin.get("/people?q=%25")).text


def test_a_partner_is_welcomed_invited_and_changed_apart_from_staff(world: World, admin: HouseClient) -> None:
    page = admin.get("/partners/new")
    assert admin.submit(page, name="", contact_phone="").status_code == 422
    refused = admin.submit(page, name="Sunny", contact_phone="020 7946 0100")
    assert "Enter a sign-in name" in document(refused).text
    made = admin.submit(page, name="Sunny", username="sunny", contact_phone="020 7946 0100")
    shown = admin.follow(made)
    assert "Print a letter with a code" in shown.text
    assert "Mail a link" not in shown.text
    change = admin.get(made.headers["location"] + "/change")
    assert admin.submit(change, name="Sunny Day", email="sunny@home.example").status_code == 303
    assert "Mail a link" in admin.get(made.headers["location"]).text
    assert "Sunny" not in admin.get("/people?q=sunny").text.split("Find")[1].split("matches")[0]


@pytest.mark.parametrize("role", [Role.HR, Role.LEAD])
def test_nobody_else_learns_that_there_are_partners(world: World, role: Role) -> None:
    rosie = world.partner("Rosie")
    client = world.client(world.with_role(role))
    for path in ("/partners", f"/partners/{rosie.id}", "/partners/new"):
        assert client.get(path).status_code == 403
    assert client.get(f"/people/{rosie.id}").status_code in {403, 404}
    assert client.post(f"/accounts/{rosie.id}/letter").status_code in {403, 404}


def test_an_involvement_worker_looks_after_partners_and_sees_no_staff_record(world: World) -> None:
    sam, rosie = someone(world), world.partner("Rosie")
    client = world.client(world.with_role(Role.INVOLVEMENT))
    assert "You look after our partners" in client.get("/admin").text
    assert client.get(f"/partners/{rosie.id}").status_code == 200
    assert client.get(f"/people/{sam.id}").status_code == 403
    assert client.post(f"/accounts/{sam.id}/suspend").status_code == 404


def test_the_log_says_who_did_what_to_whom_and_when(world: World, admin: HouseClient) -> None:
    sam = world.hire("Sam", "Lee")
    world.later(hours=2)
    admin.submit(admin.get(f"/people/{sam.id}/roles/new"), role="lead", last="31 March 2027")
    said = document(admin.get("/audit")).text
    assert "Grant role" in said
    assert "role: lead" in said
    assert "scope: the whole trust" in said
    assert "last day: 31 March 2027" in said
    assert "team: Ward 7" in said
    assert "23 Nov 2026, 11:00" in said
    filtered = document(admin.get("/audit?action=hire&person=lee&first=23 Nov 2026&last=23/11/2026")).text
    assert "Hire" in filtered
    assert "1 deed; page 1 of 1." in filtered
    assert "Nothing was done that fits" in admin.get("/audit?person=nobodyatall").text
    wrong = document(admin.get("/audit?first=someday&page=-3&person_id=x"))
    assert "Enter a date such as" in wrong.text
    about_sam = document(admin.get(f"/audit?person_id={sam.id}")).text
    assert "2 deeds; page 1 of 1." in about_sam


def test_the_log_is_read_in_pages(world: World, admin: HouseClient) -> None:
    for _ in range(60):
        world.hire()
    first = admin.get("/audit?action=hire")
    assert "page 1 of 2" in first.text
    older = next(a for a in document(first).all("a") if a.attrib.get("rel") == "next")
    assert "page 2 of 2" in admin.get(older.attrib["href"]).text


def test_a_changed_password_is_on_record_without_the_password(world: World, admin: HouseClient) -> None:
    someone(world)
    said = document(admin.get("/audit?action=set password")).text
    assert "password (not shown)" in said
    assert "argon2" not in said


def test_the_first_administrator_gets_a_one_time_link_from_the_command_line(world: World) -> None:
    command = CreateFirstAdmin(given_name="Ruth", family_name="Okafor", email="ruth@trust.example")
    with world.db.write() as session:
        made = create_first_admin(session, world.settings, command, world.now)
    client = world.client()
    page = client.get(made.link.removeprefix(world.settings.origin))
    assert client.submit(page, password="three brass kettles").status_code == 303
    assert client.get("/admin").status_code == 200
    with world.db.write() as session:
        again = create_first_admin(session, world.settings, command, world.now)
    assert again.person_id == made.person_id


def test_a_partners_address_makes_no_administrator(world: World) -> None:
    rosie = world.partner("Rosie", email="rosie@home.example")
    command = CreateFirstAdmin(given_name="Rosie", family_name="X", email="rosie@home.example")
    with pytest.raises(BadInputError), world.db.write() as session:
        create_first_admin(session, world.settings, command, world.now)
    with world.db.read() as session:
        assert session.get(Credential, rosie.id) is None
