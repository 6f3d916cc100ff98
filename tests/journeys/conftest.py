"""What a journey walks through: a house with a real server of its own, and browsers of the people in it.

`house` stands for all journeys of a file; `house.world` makes people as in every other test, `house.later(hours=21)`
moves the clock of test and server alike. `browse(person, width=..., javascript=...)` opens a browser for somebody.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from app.kernel.config import Settings
from app.organisation.models import Person
from tests.browser import ARGUMENTS, CHROMIUM, DESKTOP, PHONE, RESULTS, Story, Watch, open_context
from tests.conftest import CLUSTER, begin_loaded
from tests.invariants import check_invariants
from tests.serving import Server, SharedClock
from tests.world import NOW, World

FAILED = pytest.StashKey[bool]()


@dataclass
class House:
    """A trust, and the server that it is reached through."""

    world: World
    server: Server

    @property
    def url(self) -> str:
        return self.server.url

    def later(self, **spell: float) -> None:
        self.world.later(**spell)


class Browse(Protocol):
    def __call__(
        self, person: Person | int | None = None, *, width: int = DESKTOP, javascript: bool = True
    ) -> Page: ...


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test beside this file is a journey, and those of one file share a house: one worker takes them all."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report: pytest.TestReport = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="module")
def house(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A migrated trust with the real courses, on SQLite, or on PostgreSQL with --database postgresql."""
    folder = tmp_path_factory.mktemp("house")
    cluster = request.config.stash.get(CLUSTER, None)
    name = f"qi_{re.sub('[^a-z0-9]', '_', folder.name)}_{folder.parent.name.replace('-', '_')}"
    if cluster and request.config.getoption("--database") == "postgresql":
        url = cluster.create(name)
    else:
        shutil.copyfile(sqlite_template, folder / "qi.db")
        url = f"sqlite:///{folder / 'qi.db'}"
    clock = SharedClock(folder / "clock", NOW)
    settings = {"QI_DATABASE_URL": url, "QI_SPOOL_DIR": str(folder / "spool")}
    known = Settings(database_url=url, spool_dir=folder / "spool")
    world = World(known, clock, begin_loaded=lambda courses: begin_loaded(known, request, courses))
    world.load_courses()
    server = Server(settings, folder / "clock", folder)
    yield House(world, server)
    server.stop()
    world.close()
    assert server.complaints == "", server.complaints
    if url.startswith("postgresql") and cluster:
        cluster.drop(name)


@pytest.fixture(autouse=True)
def _the_database_can_be_true(house: House) -> Iterator[None]:
    yield
    check_invariants(house.world.db)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("The journeys need a browser: apt-get install -y --no-install-recommends chromium fonts-liberation")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Browser, house: House, request: pytest.FixtureRequest) -> Iterator[Browse]:
    """Opens browsers. Afterwards each must have kept to our host and our policy; a failure leaves its trace."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_browser(person: Person | int | None = None, *, width: int = DESKTOP, javascript: bool = True) -> Page:
        token = house.world.sign_in(person) if person is not None else ""
        context, watch = open_context(chromium, house.url, token=token, width=width, javascript=javascript)
        context.tracing.start(snapshots=True)
        opened.append((context, watch))
        return context.new_page()

    yield open_browser
    name = re.sub(r"[^A-Za-z0-9]+", "-", request.node.nodeid).strip("-")
    for number, (context, _watch) in enumerate(opened):
        kept = RESULTS / f"{name}-{number}.zip" if request.node.stash.get(FAILED, False) else None
        context.tracing.stop(path=kept)
        context.close()
    for _context, watch in opened:
        watch.check()


@pytest.fixture
def browser_page(browse: Browse) -> Page:
    """Nobody's browser, at the width of a desk."""
    return browse()


@pytest.fixture
def phone_page(browse: Browse) -> Page:
    """Nobody's browser, 320 pixels wide."""
    return browse(width=PHONE)


@pytest.fixture
def no_js_page(browse: Browse) -> Page:
    """Nobody's browser, which runs no scripts."""
    return browse(javascript=False)


@pytest.fixture
def story() -> Callable[..., Story]:
    """`story(page)` says the steps of a journey in the traces of these pages."""
    return lambda *pages: Story(*(page.context for page in pages))
