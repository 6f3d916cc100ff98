"""A trust on its first day: nobody has done anything, and each page says so and what to do, to everybody."""

import pytest
from playwright.sync_api import expect

from app.access.actor import ScopeKind
from app.access.permissions import Role
from tests.browser import PHONE, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading

STAFF = ("/my-skills", "/courses", "/courses/induction", "/courses/pocket-qi", "/my-record", "/help", "/glossary")
FROM_ELSEWHERE = ("/my-record/elsewhere", "/my-record/offer")
RECOGNISING = ("/recognition", "/recognition/items", "/recognition/items?q=Nobody", "/recognition/rules")
PARTNER = ("/my-course", "/ask", "/my-certificate", "/courses/patients-and-carers", "/glossary")
LEAD = ("/teams", "/teams?team=all", "/teams/decisions", "/teams/list?what=gap&of=pocket-qi")
HR = (
    "/evidence",
    "/evidence?q=Nobody",
    "/evidence/trust",
    "/evidence/matters/sponsor-left",
    "/people",
    "/people?q=Nobody",
    "/structure",
)
ADMIN = ("/admin", "/roles", "/partners", "/ideas", "/partner-ideas", "/audit", "/audit?person=Nobody")
UNBEGUN = (
    "/courses/induction/why-everyone",
    "/courses/induction/first-small-step/my-idea",
    "/courses/induction/who-helps/find-my-helpers",
)


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, int]:
    world = house.world
    staff = world.hire("Anna", "O'Neill", team=world.team("Larch", "Medicine"))
    closed = world.directorate("Estates")
    new_lead = world.hire("Sam", "Okoro", team=world.team("Rowan", "Medicine"))
    world.grant(new_lead, Role.LEAD, ScopeKind.DIRECTORATE, closed.id)
    return {
        "staff": staff.id,
        "lead": world.lead("Medicine").id,
        "lead of nobody": new_lead.id,
        "hr": world.with_role(Role.HR).id,
        "administrator": world.with_role(Role.QI_ADMIN).id,
    }


@pytest.mark.parametrize(
    ("who", "paths"),
    [
        ("staff", STAFF + UNBEGUN + FROM_ELSEWHERE),
        ("lead", LEAD),
        ("lead of nobody", ("/teams",)),
        ("hr", HR),
        ("administrator", ADMIN + RECOGNISING),
        ("partner", PARTNER),
    ],
)
def test_a_page_with_nothing_on_it_is_accessible_and_says_so(
    who: str, paths: tuple[str, ...], house: House, people: dict[str, int], browse: Browse, story: Tell
) -> None:
    person = house.world.partner("Rosie").id if who == "partner" else people[who]
    page = browse(person)
    steps = story(page)
    for path in paths:
        with steps.when(f"{who} opens {path}"):
            answer = page.goto(path)
            assert answer
            assert answer.status == 200
            expect(heading(page)).to_be_visible()
            good(page, f"empty {who} {path}")
    page.set_viewport_size({"width": PHONE, "height": 640})
    with steps.then("the first of them does on a phone, too"):
        page.goto(paths[0])
        good(page, f"empty {who} {paths[0]}")


def test_what_is_not_there_and_what_is_not_theirs_lead_on(people: dict[str, int], browse: Browse, story: Tell) -> None:
    page = browse(people["staff"])
    steps = story(page)
    for path, status in (("/nowhere", 404), ("/admin", 403), ("/attempts/9/questions/1", 404), ("/welcome/x", 410)):
        with steps.when(f"somebody opens {path}"):
            answer = page.goto(path)
            assert answer
            assert answer.status == status
            good(page, f"fault {status} {path}")
