"""What looks at every page of every journey must be able to see: a page with one fault each."""

import pytest
from playwright.sync_api import Page

from tests.browser import PHONE, MisbehavedError, NotAccessibleError, Watch, axe, fits
from tests.journeys.conftest import Browse

SHELL = (
    '<!doctype html><html lang="en"><head><title>A page</title></head>'
    "<body><main><h1>A page</h1>{}</main></body></html>"
)


def test_a_plain_page_has_no_faults(browser_page: Page) -> None:
    browser_page.set_content(SHELL.format("<p>Words.</p>"))
    axe(browser_page)
    fits(browser_page)


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<img src="data:,">', "image-alt"),
        ('<p style="color:#aaa;background:#fff">Faint</p>', "color-contrast"),
        ("<input>", "label"),
        ("<button></button>", "button-name"),
        ('<h4 id="a">Too deep</h4>', "heading-order"),
    ],
)
def test_axe_sees_a_fault(browser_page: Page, fault: str, rule: str) -> None:
    browser_page.set_content(SHELL.format(fault))
    with pytest.raises(NotAccessibleError, match=rule):
        axe(browser_page)


def test_something_wider_than_a_phone_is_seen(phone_page: Page) -> None:
    phone_page.set_content(SHELL.format('<div style="width:600px">wide</div>'))
    assert phone_page.viewport_size
    assert phone_page.viewport_size["width"] == PHONE
    with pytest.raises(AssertionError, match="wider than the screen"):
        fits(phone_page)


def test_a_page_that_asks_another_host_is_seen(browse: Browse) -> None:
    page = browse()
    watch = Watch("http://127.0.0.1:1")
    page.on("request", watch.request)
    page.goto("/healthz")
    with pytest.raises(MisbehavedError, match="asked another host"):
        watch.check()
