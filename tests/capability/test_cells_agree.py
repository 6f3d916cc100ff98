"""One definition for each measure: screen, CSV, XLSX and lists say the same of every cell, whatever is chosen."""

import csv
import io
import re
from datetime import date, timedelta
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import pytest
from httpx2 import Response
from python_calamine import CalamineWorkbook

from app.capability.commands import AskForLevel, MakeSelection, ask_for_level, make_selection
from app.capability.rules import Need, PauseReason
from tests.capability.conftest import SPRING, Scene
from tests.client import HouseClient, document
from tests.document import words

MONTHS = {f"{date(2026, m, 1):%b}": m for m in range(1, 13)}
CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"team": "all", "levels": "all"},
    {"team": "all", "group": "Medical and Dental"},
    {"team": "all", "band": "6"},
    {"team": "all", "site": "Riverside"},
    {"team": "all", "level": "pocket-qi"},
    {"team": "all", "decided": "undecided"},
    {"team": "all", "decided": "not_required"},
    {"team": "all", "level": "pocket-qi", "decided": "paused"},
    {"team": "all", "decided": "required", "progress": "not_started"},
    {"team": "all", "progress": "completed", "levels": "all"},
    {"team": "all", "progress": "refresh_by"},
    {"team": "all", "progress": "refresh_overdue"},
    {"team": "all", "as_at": "1 June 2026"},
    {"directorate": "all", "team": "all", "sort": "team"},
    {"directorate": "all", "team": "all", "sort": "band", "site": "Riverside", "levels": "all"},
    {"team": "all", "sort": "due.pocket-qi"},
    {"team": "all", "sort": "state.pocket-qi", "decided": "required"},
    {"directorate": "selection", "team": "all"},
)


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """Every need and every progress that there can be, at two sites, for somebody who leads two directorates."""
    w = scene.world
    by_the_river = w.team("Reed", "Medicine", site="Riverside")
    w.grant(scene.lead, "lead", "directorate", w.directorate("Surgery").id)
    cho = w.hire("Cho", "Min", team=by_the_river)
    dee = w.hire("Dee", "Dale", team=by_the_river, band="6")
    scene.decide(scene.anna, scene.ben, cho, due=SPRING, reason="Falls")
    scene.decide(scene.anna, dee, tier="induction", due=w.today)
    scene.decide(dee, need=Need.PAUSED, due=date(2027, 5, 1), pause_reason=PauseReason.PARENTAL)
    scene.decide(scene.ben, tier="induction", need=Need.PAUSED, due=date(2026, 12, 1), pause_reason=PauseReason.CARER)
    scene.decide(scene.ben, tier="improvement-leaders", need=Need.NOT_REQUIRED, due=None)
    scene.complete(scene.anna, "induction", date(2026, 3, 1))
    scene.complete(cho, "pocket-qi", date(2022, 3, 1))
    scene.complete(scene.lead, "pocket-qi", w.today - timedelta(days=3 * 365 - 60))
    with w.db.write() as session:
        ask_for_level(session, w.actor(cho), AskForLevel(tier="qi-coach"), w.now)
        people = frozenset({cho.id, scene.anna.id, scene.stranger.id})
        made = make_selection(session, scene.actor(), MakeSelection("Link nurses", people), w.now)
    scene.world.later(days=10)
    scene.chosen = made.id  # type: ignore[attr-defined]
    return scene


@pytest.mark.slow
@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_screen_csv_and_xlsx_say_the_same_of_every_cell(busy: Scene, chosen: dict[str, str]) -> None:
    client, day = busy.world.client(busy.lead), busy.world.today
    if chosen.get("directorate") == "selection":
        chosen = {**chosen, "directorate": f"s{busy.chosen}"}  # type: ignore[attr-defined]
    page = client.get(f"/teams?{urlencode(chosen)}")
    assert page.status_code == 200
    day = date(2026, 6, 1) if "as_at" in chosen else day
    header, lines = as_csv(client, page)
    assert as_xlsx(client, page) == [header, *lines]
    levels, shown = on_screen(page)
    assert [f"{level}: need" for level in levels] == [h for h in header if h.endswith(": need")]
    assert [name for name, _ in shown] == [line[0] for line in lines], "the same people in the same order"
    assert shown, "a choice that nobody fits compares nothing"
    for (name, cells), line in zip(shown, lines, strict=True):
        for level, cell in zip(levels, cells, strict=True):
            at = header.index(f"{level}: need")
            agree(cell, line[at : at + 5], day, f"{name}, {level}")


def as_csv(client: HouseClient, page: Response) -> tuple[list[str], list[list[str]]]:
    file = client.follow(client.submit(page, "/teams/download", button=("format", "csv")))
    header, *lines = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
    return header, lines


def as_xlsx(client: HouseClient, page: Response) -> list[list[str]]:
    file = client.follow(client.submit(page, "/teams/download", button=("format", "xlsx")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    rows = book.get_sheet_by_name("People and levels").to_python()
    return [[cell.isoformat() if isinstance(cell, date) else str(cell) for cell in row] for row in rows]


def on_screen(page: Response) -> tuple[list[str], list[tuple[str, list[Element]]]]:
    """The levels, and each person's cells: what a print shows is the same table."""
    [grid] = [t for t in document(page).all("table") if "app-grid" in t.attrib.get("class", "")]
    [head] = [r for h in grid.iter("thead") for r in h.iter("tr")]
    levels = [(th.text or "").strip() for th in list(head)[1:]]
    rows = [row for body in grid.iter("tbody") for row in body.iter("tr")]
    return levels, [(words(next(row.iter("bdi"))), list(row.iter("td"))) for row in rows]


def agree(cell: Element, line: list[str], day: date, where: str) -> None:
    """What a reader takes from the words of a cell is what the file says in its columns."""
    need, due, progress, on, offered = line
    said = words(next(cell.iter("b")))
    done = next((words(i) for i in cell.iter("i") if i.attrib["class"] != "a"), "")
    assert need_in(said) == need, where
    if date_in(said, day):
        assert str(date_in(said, day)) == due, where
    assert progress_in(done) == progress.partition(" (")[0] or not done, where
    if not done:
        assert (progress, on) == ("Not started", ""), where
    if "no place" in done.lower():
        assert offered == "no", where
    if done.startswith("Completed"):
        assert f"{date.fromisoformat(on):%b %Y}" in done, where
    elif date_in(done, day):
        assert str(date_in(done, day)) == on, where


def need_in(said: str) -> str:
    begins = {
        "Not decided": "Not decided",
        "Not required": "Not required for this role",
        "Required": "Required",
        "Paused until": "Paused",
        "Pause ended": "Paused",
    }
    return next(full for start, full in begins.items() if said.startswith(start))


def progress_in(said: str) -> str:
    """The state's own name, from the words for it in a cell."""
    bare = re.sub(r"^Past date: ", "", said).capitalize()
    begins = {
        "No place": "Not started",
        "Not started": "Not started",
        "Learning": "Learning",
        "Completed": "Completed",
        "Refresh by": "To be refreshed soon",
        "Refresh overdue": "Refresh overdue",
    }
    return next((full for start, full in begins.items() if bare.startswith(start)), "")


def date_in(said: str, day: date) -> date | None:
    """A day as a reader takes it: without a year it is in the months to come."""
    found = re.search(r"(\d{1,2}) ([A-Z][a-z]{2})(?: (\d{4}))?$", said)
    if found is None:
        return None
    number, month = int(found[1]), MONTHS[found[2]]
    if found[3]:
        return date(int(found[3]), month, number)
    this_year = date(day.year, month, number)
    return this_year if this_year >= day else date(day.year + 1, month, number)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_a_file_says_what_was_chosen_and_what_each_number_means(busy: Scene, format_: str) -> None:
    client = busy.world.client(busy.lead)
    page = client.get("/teams?team=all&site=Riverside")
    file = client.follow(client.submit(page, "/teams/download", button=("format", format_)))
    if format_ == "csv":
        assert b"Riverside" in file.content
        return
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    said = {row[0]: row[1] for row in book.get_sheet_by_name("How these are counted").to_python()[1:]}
    assert "Riverside" in str(said["Shown"])
    assert "main post" in str(said["As at a day"])
    assert str(said["Gap"]).startswith("Required and not completed")
