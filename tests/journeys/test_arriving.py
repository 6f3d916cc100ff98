"""Somebody opens the address for the first time."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import Story, good


def test_nobody_in_particular_is_led_to_the_sign_in_page(browser_page: Page, story: Callable[..., Story]) -> None:
    steps = story(browser_page)
    with steps.when("somebody who is not signed in opens the site"):
        browser_page.goto("/")
    with steps.then("they are on the sign-in page, and can use it"):
        expect(browser_page).to_have_url("/sign-in")
        expect(browser_page.get_by_role("heading", level=1)).to_be_visible()
        good(browser_page, "sign in")


def test_an_address_that_does_not_exist_says_what_to_do(phone_page: Page, story: Callable[..., Story]) -> None:
    steps = story(phone_page)
    with steps.when("somebody mistypes an address on a phone"):
        phone_page.goto("/learnnig")
    with steps.then("they are told so, and led on"):
        expect(phone_page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
        expect(phone_page.get_by_role("link", name="Go to your first screen")).to_be_visible()
        good(phone_page, "nothing here")


def test_the_page_for_a_mistyped_address_needs_no_scripts(no_js_page: Page) -> None:
    no_js_page.goto("/learnnig")
    expect(no_js_page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
