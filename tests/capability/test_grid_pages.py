"""The lead's screens: what is counted is what is listed and downloaded, and nobody sees another's people."""

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from python_calamine import CalamineWorkbook

from app.access.actor import SYSTEM
from app.capability.rules import DEVELOPMENT_ONLY, Need, PauseReason
from app.organisation.commands import OpenTeam, open_team
from app.web.words import day
from tests.capability.conftest import SPRING, Count, Scene
from tests.client import HouseClient, document
from tests.document import words
from tests.world import OPENED

FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"team": "all"},
    {"team": "all", "group": "Medical and Dental"},
    {"team": "all", "band": "6"},
    {"team": "all", "decided": "undecided"},
    {"team": "all", "decided": "required", "progress": "not_started"},
    {"team": "all", "progress": "completed"},
    {"team": "all", "level": "pocket-qi", "decided": "paused"},
    {"team": "all", "levels": "all", "progress": "refresh_overdue"},
)


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """A directorate in which every kind of cell is to be found."""
    w = scene.world
    cho = w.hire("Cho", "Min", team=w.team("Larch", "Medicine"))
    dee = w.hire("Dee", "Dale", team=w.team("Larch", "Medicine"), band="6")
    scene.decide(scene.anna, scene.ben, cho, due=SPRING, reason="Falls")
    scene.decide(scene.anna, dee, tier="induction", due=date(2026, 11, 23))
    scene.decide(dee, need=Need.PAUSED, due=date(2027, 5, 1), pause_reason=PauseReason.PARENTAL)
    scene.decide(scene.ben, tier="improvement-leaders", need=Need.NOT_REQUIRED, due=None)
    scene.complete(scene.anna, "induction", date(2026, 3, 1))
    scene.complete(cho, "pocket-qi", date(2022, 3, 1))
    return scene


def lead_client(scene: Scene) -> HouseClient:
    return scene.world.client(scene.lead)


def count_of(text: str) -> int:
    return int(text.split(maxsplit=1)[0].replace(",", ""))


@pytest.mark.slow
@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_every_total_is_its_list_and_the_downloads(busy: Scene, chosen: dict[str, str]) -> None:
    client = lead_client(busy)
    page = client.get(f"/teams?{urlencode(chosen)}")
    grid = document(page).all("table")
    if "app-grid" not in grid[0].attrib.get("class", ""):
        assert document(page).all("tbody"), "nobody fits: the totals by team are still there"
        return
    rows = [words(th) for th in grid[0].iter("th") if th.attrib.get("id", "").startswith("p")]
    header, table_rows = downloaded_csv(client, page)
    book = downloaded_xlsx(client, page)
    people = book.get_sheet_by_name("People and levels").to_python()
    assert len(rows) == len(table_rows) == len(people) - 1
    assert [row[0] for row in table_rows] == [str(row[0]) for row in people[1:]]
    totals = {row[0]: dict(zip(sheet_header(book), row, strict=True)) for row in total_rows(book)}
    links = [a for a in grid[0].iter("a") if "/teams/list" in a.attrib["href"]]
    assert links
    for link in links:
        found = document(client.get(link.attrib["href"]))
        listed = [row for body in found.all("tbody") for row in body.iter("tr")]
        assert len(listed) == int(words(link))
        level = found.h1.partition(":")[0]
        what = link.attrib["href"].partition("what=")[2].partition("&")[0].replace("_", " ").capitalize()
        assert totals[level][what] == len(listed)
        assert in_csv(header, table_rows, level, what) in {len(listed), None}
        assert DEVELOPMENT_ONLY in found.text
        assert "As at 23 November 2026" in found.text


def downloaded_csv(client: HouseClient, page: Response) -> tuple[list[str], list[list[str]]]:
    file = client.follow(client.submit(page, "/teams/download", button=("format", "csv")))
    assert file.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""))
    return header, rows


def downloaded_xlsx(client: HouseClient, page: Response) -> CalamineWorkbook:
    file = client.follow(client.submit(page, "/teams/download", button=("format", "xlsx")))
    return CalamineWorkbook.from_filelike(io.BytesIO(file.content))


def sheet_header(book: CalamineWorkbook) -> list[str]:
    return [str(cell) for cell in book.get_sheet_by_name("Totals").to_python()[0]]


def total_rows(book: CalamineWorkbook) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name("Totals").to_python()[1:]]


def in_csv(header: list[str], rows: list[list[str]], level: str, what: str) -> int | None:
    """The same count, made from nothing but the file. None for what it does not say outright."""
    short = {"Introduction to quality improvement": "Induction", "Senior clinical leaders": "Senior clinical"}
    at = header.index(f"{short.get(level, level)}: need")
    needed = [row for row in rows if row[at] == "Required"]
    if what == "Required":
        return len(needed)
    if what == "Undecided":
        return sum(row[at] == "Not decided" for row in rows)
    if what == "Completed":
        return sum(row[at + 2] in {"Completed", "To be refreshed soon"} for row in needed)
    return None


def test_the_first_sentence_opens_its_lists(busy: Scene) -> None:
    client = lead_client(busy)
    say = next(p for p in document(client.get("/teams")).all("p") if p.attrib.get("class") == "app-say")
    assert words(say).startswith("3 people need Pocket QI by 31 March 2027; 0 have started; 3 have not.")
    for link in say.iter("a"):
        listed = [row for body in document(client.get(link.attrib["href"])).all("tbody") for row in body.iter("tr")]
        assert len(listed) == count_of(words(link))


def test_totals_by_team_are_their_lists(busy: Scene) -> None:
    client = lead_client(busy)
    table = document(client.get("/teams")).all("table")[-1]
    links = [a for a in table.iter("a") if "/teams/list" in a.attrib["href"]]
    assert len(links) >= 9
    for link in links:
        listed = [row for body in document(client.get(link.attrib["href"])).all("tbody") for row in body.iter("tr")]
        assert len(listed) == int(words(link))


def test_somebody_elses_part_of_the_trust_is_not_there(busy: Scene) -> None:
    w, client = busy.world, lead_client(busy)
    surgery, theatre = w.directorate("Surgery"), w.team("Theatre", "Surgery")
    for path in (
        f"/teams?directorate={surgery.id}",
        f"/teams?team={theatre.id}",
        f"/teams/list?directorate={surgery.id}&what=people",
        f"/teams/people/{busy.stranger.id}",
        f"/teams/people/{w.partner().id}",
        "/teams?directorate=999999",
        "/teams?decided=nonsense",
        "/teams/list?what=nonsense",
    ):
        assert client.get(path).status_code == 404, path
    forged = {"directorate": str(surgery.id), "format": "csv"}
    assert client.post("/teams/download", data=forged).status_code == 404
    cell = {"c": f"{busy.stranger.id}.pocket-qi.0", "need": "required", "due": "31 March 2027"}
    assert client.post("/teams/preview", data=cell).status_code == 404
    assert client.post("/teams/save", data=cell).status_code == 404


def test_partners_are_in_no_grid_list_or_download(busy: Scene) -> None:
    busy.world.partner("Rosie Unmistakable")
    client = lead_client(busy)
    page = client.get("/teams?team=all&levels=all")
    assert "Rosie" not in page.text
    assert "patient" not in page.text.lower()
    assert not any("Rosie" in cell for row in downloaded_csv(client, page)[1] for cell in row)


def test_a_download_is_fetched_by_whoever_made_it_and_by_nobody_else(busy: Scene) -> None:
    client = lead_client(busy)
    made = client.submit(client.get("/teams"), "/teams/download", button=("format", "csv"))
    where = made.headers["location"]
    fetched = client.get(where)
    assert "attachment" in fetched.headers["content-disposition"]
    assert busy.world.client(busy.other_lead).get(where).status_code == 404
    busy.world.later(days=2)
    assert lead_client(busy).get(where).status_code == 404


@pytest.mark.parametrize("path", ["/teams?team=all&levels=all", "/teams/list?team=all&what=gap", "/teams/decisions"])
def test_the_number_of_statements_does_not_grow_with_people(scene: Scene, statements: Count, path: str) -> None:
    client = lead_client(scene)
    scene.decide(scene.anna)
    client.get(path)
    few = statements(lambda: client.get(path))
    more = [
        scene.world.hire(team=scene.world.team("Larch", "Medicine"), starts_on=date(2026, 10, 1)) for _ in range(11)
    ]
    scene.decide(*more)
    for person in more[:5]:
        scene.complete(person, "induction", date(2026, 3, 1))
    assert statements(lambda: client.get(path)) == few


def test_a_bad_or_future_date_is_named_and_the_grid_stays(busy: Scene) -> None:
    client = lead_client(busy)
    for text in ("the day after", "1 January 2030"):
        page = client.get(f"/teams?{urlencode({'as_at': text})}")
        assert page.status_code == 422
        assert document(page).all("table")


def test_a_day_before_there_was_anything_is_named_with_the_earliest_and_the_filters_stay(busy: Scene) -> None:
    client, here = lead_client(busy), busy.directorate_id
    for text in ("1 January 1990", "31 March 0025", "31 December 2019"):
        for chosen in ({"team": "all"}, {"directorate": str(here), "team": "all", "band": "6"}):
            asked = chosen | {"as_at": text}
            page = client.get(f"/teams?{urlencode(asked)}")
            assert page.status_code == 422
            assert f"Choose {day(OPENED)} or a later date" in page.text
            assert f'value="{text}"' in page.text
            assert client.get(f"/teams/list?{urlencode(asked | {'what': 'people'})}").status_code == 200
            assert client.get(f"/teams/find?{urlencode(asked | {'name': 'anna'})}").status_code == 303
            file = client.submit(page, "/teams/download", button=("format", "csv"))
            assert file.status_code == 303
    assert client.get(f"/teams?{urlencode({'team': 'all', 'as_at': day(OPENED)})}").status_code == 200


def test_a_team_is_not_looked_at_before_its_own_first_day(busy: Scene) -> None:
    with busy.world.db.write() as session:
        command = OpenTeam(directorate_id=busy.directorate_id, name="New ward", starts_on=date(2026, 9, 1))
        opened = open_team(session, SYSTEM, command, busy.world.now).id
    asked = {"directorate": busy.directorate_id, "team": opened, "as_at": "31 August 2026"}
    page = lead_client(busy).get(f"/teams?{urlencode(asked)}")
    assert page.status_code == 422
    assert "Choose 1 September 2026 or a later date" in page.text
    page = lead_client(busy).get(f"/teams?{urlencode(asked | {'team': 'all'})}")
    assert "This is how it was on 31 August 2026" in page.text


def test_the_past_is_shown_and_cannot_be_decided(busy: Scene) -> None:
    page = lead_client(busy).get(f"/teams?{urlencode({'team': 'all', 'as_at': '1 June 2026'})}")
    assert "This is how it was on 1 June 2026" in page.text
    assert not [i for i in document(page).all("input") if i.attrib.get("name") == "c"]


def test_of_a_past_day_on_which_nothing_was_decided_that_is_said_and_nothing_more(scene: Scene) -> None:
    client = lead_client(scene)
    assert "Choose cells in the grid" in document(client.get("/teams?team=all")).text
    past = document(client.get(f"/teams?{urlencode({'team': 'all', 'as_at': '1 June 2026'})}")).text
    assert "Nothing had been decided for these people by 1 June 2026." in past
    assert "Choose cells in the grid" not in past
    before_them = document(client.get(f"/teams?{urlencode({'team': 'all', 'as_at': day(OPENED)})}")).text
    assert "Nobody had their main post in these teams on" in before_them


def test_an_empty_team_and_filters_that_nobody_fits_say_so(busy: Scene) -> None:
    empty = busy.world.team("Empty ward", "Medicine")
    client = lead_client(busy)
    assert "Nobody has their main post in Empty ward" in client.get(f"/teams?team={empty.id}").text
    assert "fits these filters" in client.get("/teams?team=all&band=9").text


def test_a_team_of_the_directorate_chosen_before_gives_way(busy: Scene) -> None:
    w = busy.world
    w.grant(busy.lead, "lead", "directorate", w.directorate("Surgery").id)
    page = lead_client(busy).get(f"/teams?directorate={w.directorate('Surgery').id}&team={w.team('Larch').id}")
    assert document(page).h1 == "Surgery"


def test_hostile_and_long_names_are_text(scene: Scene) -> None:
    w = scene.world
    w.hire("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', team=w.team("Larch"), job_role="</th><b>=1+1")
    w.hire("Bartholomew", "x" * 100, team=w.team("Larch"))
    client = lead_client(scene)
    for path in ("/teams?team=all", "/teams/list?team=all&what=people"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


def test_staff_hr_and_partners_do_not_pass(scene: Scene) -> None:
    w = scene.world
    for person in (scene.anna, w.with_role("hr"), w.partner()):
        client = w.client(person)
        for path in ("/teams", "/teams/list", f"/teams/people/{scene.anna.id}", "/teams/decisions"):
            assert client.get(path).status_code == 403


def test_a_lead_sees_their_own_team_first(scene: Scene) -> None:
    page = lead_client(scene).get("/teams").text
    assert "Management, 2 people" in page
    assert "Larch, 1 person" not in page
