"""What leavers did is evidence: HR's totals say how much is theirs, and the rows of each table add up to them."""

import re
from typing import Any

from app.access.actor import ScopeKind
from app.access.permissions import Role
from tests.client import HouseClient, document
from tests.evidence.scene import learn
from tests.evidence.test_trust import Scene, csv_rows, in_minutes, listed, on_screen, scene, sums, workbook
from tests.world import World

__all__ = ["scene"]
TRUST = "/evidence/trust"


def with_leaver(world: World, scene: Scene) -> None:
    """Fay earned a level in Surgery and left, as Dee did before the end of a course."""
    fay = world.hire("Fay", "Foster", team=world.team("Theatres", "Surgery"))
    learn(world, fay)
    world.leave(fay)


def rows_of(browser: HouseClient, **asked: Any) -> dict[str, tuple[list[int], list[str]]]:
    """Each row of the table by directorate: its numbers, and the addresses behind them."""
    text = browser.get(TRUST, params=asked).text
    body = re.search(r"<caption>By directorate.*?<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert body is not None
    found = {}
    for name, cells in re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body[1], re.DOTALL):
        plain = [
            re.sub(r"<span.*?</span>|<[^>]+>", "", c).strip()
            for c in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL)
        ]
        numbers = [int(n.replace(",", "")) for n in plain[:4]] + [in_minutes(words) for words in plain[4:]]
        found[name] = (numbers, [a.replace("&amp;", "&") for a in re.findall(r'href="([^"]+)"', cells)])
    return found


def test_the_headline_says_how_many_levels_are_those_of_leavers_and_opens_their_list(
    world: World, scene: Scene
) -> None:
    for asked in ({}, {"where": "now"}, {"directorate": world.directorate("Surgery").id}):
        assert "have left" not in document(scene.hr.get(TRUST, params=asked)).text.partition("Period")[0]
    with_leaver(world, scene)
    for asked in ({}, {"where": "now"}):
        page = scene.hr.get(TRUST, params=asked)
        assert "5 levels were held, 1 of them by somebody who has left." in document(page).text
        [address] = re.findall(r'href="([^"]+show=left[^"]*)"', page.text)
        address = address.replace("&amp;", "&")
        assert listed(scene.hr, address) == 1
        assert "Foster, Fay" in document(scene.hr.get(address)).text
    then = {"directorate": world.directorate("Surgery").id}
    assert "1 of them by somebody who has left." in document(scene.hr.get(TRUST, params=then)).text
    assert "has left" not in document(scene.hr.get(TRUST, params={**then, "where": "now"})).text


def test_each_definition_says_where_leavers_count(world: World, scene: Scene) -> None:
    with_leaver(world, scene)
    for show in ("people", "completed", "passed", "levels", "left"):
        for where, said in (("then", "count where they worked then"), ("now", "count under Left")):
            shown = document(scene.hr.get(TRUST, params={"show": show, "where": where})).text
            assert f"People who have left {said}." in shown


def test_rows_by_directorate_add_up_to_the_whole_with_leavers_under_left(world: World, scene: Scene) -> None:
    with_leaver(world, scene)
    for asked in ({}, {"period": "gmc"}, {"tier": "induction"}):
        for where in ("then", "now"):
            rows = rows_of(scene.hr, **asked, where=where)
            together = [sum(column) for column in zip(*(numbers for numbers, _ in rows.values()), strict=True)]
            whole = on_screen(scene.hr, **asked, where=where)[0]
            assert together[1:] == whole[1:], (asked, where)
            assert where == "then" or together == whole, "everybody is in one place now"
            assert (list(rows)[-1] == "Left") == (where == "now")


def test_each_number_of_the_row_of_leavers_opens_its_list_and_downloads_as_it_is_shown(
    world: World, scene: Scene
) -> None:
    with_leaver(world, scene)
    numbers, addresses = rows_of(scene.hr, where="now")["Left"]
    assert numbers == [2, 1, 1, 1, 90, 30]
    assert [listed(scene.hr, address) for address in addresses] == numbers[:4]
    taken = csv_rows(scene.hr, where="now", directorate="none")
    assert sums(taken) == numbers
    assert {row["Name"] for row in taken} == {"Dart, Dee", "Foster, Fay"}
    book = workbook(scene.hr, where="now", directorate="none")
    assert ["Directorate", "Left"] in book.get_sheet_by_name("What was asked for").to_python()


def test_the_workbook_says_what_is_that_of_leavers_however_people_are_counted(world: World, scene: Scene) -> None:
    with_leaver(world, scene)
    for where, of in (("then", "Where they are now"), ("now", "Directorate")):
        totals = workbook(scene.hr, where=where).get_sheet_by_name("Totals").to_python()
        assert [row[2:] for row in totals if row[:2] == [of, "Left"]] == [[2, 1, 1, 1, 90, 30]]


def test_who_has_left_is_for_those_who_see_the_whole_trust(world: World, scene: Scene) -> None:
    local = world.hire("Lou", "Local")
    world.grant(local, Role.HR, ScopeKind.DIRECTORATE, world.directorate("Surgery").id)
    browser = world.client(local)
    assert browser.get(TRUST, params={"directorate": "none"}).status_code == 404
    assert browser.post(f"{TRUST}/download", data={"directorate": "none", "format": "csv"}).status_code == 404
    assert 'value="none"' not in browser.get(TRUST).text
    assert 'value="none"' in scene.hr.get(TRUST).text
