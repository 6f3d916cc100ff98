"""One figure of every kind that is drawn from data, in a real browser: at a desk, on a phone, and as a table."""

from playwright.sync_api import expect

from app.access.permissions import Role
from tests.browser import PHONE, good
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell
from tests.learning.learner import Learner

PAGE = "/courses/gallery/show-it"
KINDS = 9


def test_each_figure_fits_a_desk_and_a_phone_and_opens_as_a_table(house: House, browse: Browse, story: Tell) -> None:
    person = house.world.hire("Ada", "Writer")
    house.world.grant(person, Role.QI_ADMIN)
    Learner(house.world, person.id, "gallery").enrol()
    desk, phone = browse(person.id), browse(person.id, width=PHONE)
    steps = story(desk, phone)
    with steps.when("an author opens the module at a desk"):
        desk.goto(PAGE)
    with steps.then("every figure is shown once, in its wide picture"):
        expect(desk.locator(".app-figure__wide svg:visible")).to_have_count(KINDS)
        expect(desk.locator(".app-figure__narrow svg:visible")).to_have_count(0)
        good(desk, "figures from data")
    with steps.when("somebody opens it on a phone"):
        phone.goto(PAGE)
    with steps.then("the narrow pictures take their place, and no words in them are too small"):
        expect(phone.locator(".app-figure__narrow svg:visible")).to_have_count(KINDS)
        expect(phone.locator(".app-figure__wide svg:visible")).to_have_count(0)
        sizes = phone.locator(".app-figure__narrow text").evaluate_all(
            "all => all.map(text => text.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 12
    with steps.then("no words reach out of their picture"):
        for page in (desk, phone):
            outside = page.locator(".app-figure svg:visible text").evaluate_all(
                """all => all.filter(text => {
                     const own = text.getBoundingClientRect();
                     const whole = text.closest("svg").getBoundingClientRect();
                     return own.left < whole.left - 1 || own.right > whole.right + 1 || own.bottom > whole.bottom + 1;
                   }).map(text => text.textContent)"""
            )
            assert outside == []
    with steps.when("they open every table"):
        for summary in phone.get_by_text("The same in a table").all():
            summary.click()
    with steps.then("they fit the phone, too"):
        expect(phone.locator(".app-figure__data table:visible")).to_have_count(KINDS)
        good(phone, "figures from data in tables")
