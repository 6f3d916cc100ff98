"""HR brings a list in the browser: it is looked at, decided about, brought in or set aside, and its record is kept."""

from datetime import timedelta

import httpx2
import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.curriculum.queries import course_by_slug, latest_edition, latest_view
from app.intake.models.past import PastUpload
from app.intake.reading.staging import unpacked
from app.intake.rules.past.columns import MOST_ROWS
from app.kernel.config import Settings
from app.kernel.db import table
from app.worker import do_calendar
from tests.client import HouseClient, form_of
from tests.document import Document
from tests.intake.past_list import SECRET_BIRTH, SECRET_NI, Bringing, learn_here, row, written
from tests.world import World

HOME = "/past-learning"


@pytest.fixture
def hr(world: World) -> Bringing:
    world.load_courses()
    return Bringing(world)


@pytest.fixture
def client(hr: Bringing) -> HouseClient:
    return hr.world.client(hr.world.with_role(Role.HR))


def bring(client: HouseClient, *rows: dict[str, str], name: str = "past.csv", **more: object) -> httpx2.Response:
    return client.submit(client.get(HOME), "past-learning", files={"file": (name, written(*rows))}, **more)


def text(answer: httpx2.Response) -> str:
    return Document.of(answer.text).text


def test_a_list_is_looked_at_then_brought_in_and_its_record_kept(hr: Bringing, client: HouseClient) -> None:
    ada = hr.world.hire("Ada", "Byron", employee_number="00001")
    page = client.follow(bring(client, row("00001"), row("00001", "Fire Safety")))
    assert "2 rows: 1 course completed, 1 level given or lengthened and 1 piece of evidence." in text(page)
    assert "Byron, Ada" in text(page)
    assert "Not read, and not kept: NI Number, Date of Birth" in text(page)
    assert hr.enrolments(ada.id) == []
    record = client.follow(client.submit(page, "apply"))
    assert "1 course completed" in text(record)
    assert "Completes the course" in text(record)
    assert hr.enrolments(ada.id)[0][0] == "pocket-qi"
    home = client.get(HOME)
    assert "past.csv" in text(home)
    assert "is not brought in yet" not in text(home)


def test_what_waits_holds_nothing_but_the_columns_that_are_read(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    client.follow(bring(client, row("1")))
    with hr.world.db.read() as session:
        [upload] = session.scalars(sa.select(PastUpload)).all()
    kept = repr(unpacked(upload.content, {}))
    assert "Pocket QI" in kept
    assert SECRET_NI not in kept
    assert SECRET_BIRTH not in kept


def test_an_unknown_course_is_decided_and_remembered(hr: Bringing, client: HouseClient) -> None:
    ada = hr.world.hire(employee_number="1")
    page = client.follow(bring(client, row("1", "QI Bronze"), row("1", "Fire")))
    assert "2 courses in this list are unknown here" in text(page)
    courses = client.get(page.url.path + "/courses")
    keys = {name: values[0] for name, values in _fields(courses).items() if name.startswith("words-")}
    number = {key: name.partition("-")[2] for name, key in keys.items()}
    said = {f"means-{number['qi bronze']}": "pocket-qi", f"means-{number['fire']}": "leave out"}
    page = client.follow(client.submit(courses, "courses", **said))
    assert "1 course completed" in text(page)
    assert "1 row left out" in text(page)
    client.follow(client.submit(page, "apply"))
    assert [one[0] for one in hr.enrolments(ada.id)] == ["pocket-qi"]
    assert hr.items(ada.id) == []
    again = client.follow(bring(client, row("1", "Fire")))
    assert "what each means is decided" in text(again)


def _fields(page: httpx2.Response) -> dict[str, list[str]]:
    return dict(form_of(page, "courses").fields)


def test_rows_with_errors_need_a_word(hr: Bringing, client: HouseClient) -> None:
    ada = hr.world.hire(employee_number="1")
    page = client.follow(bring(client, row("1"), row("404")))
    assert "Nobody here has or had this number" in text(page), "errors are shown first"
    refused = client.submit(page, "apply")
    assert refused.status_code == 422
    assert "1 row has errors" in text(refused)
    assert hr.enrolments(ada.id) == []
    record = client.follow(client.submit(refused, "apply", rows="good"))
    assert "1 row with errors" in text(record)
    assert "Nobody here has or had this number" in text(client.get(record.url.path + "?show=errors"))
    assert len(hr.enrolments(ada.id)) == 1


def test_what_changed_meanwhile_is_shown_and_nothing_done(hr: Bringing, client: HouseClient) -> None:
    ada = hr.world.hire(employee_number="1")
    page = client.follow(bring(client, row("1", on="2025-05-05")))
    learn_here(hr.world, ada, hr.world.today - timedelta(days=60))
    anew = client.submit(page, "apply")
    assert anew.status_code == 409
    assert "Nothing was done" in text(anew)
    assert "1 further completion" in text(anew)
    assert len(hr.enrolments(ada.id)) == 1
    assert client.submit(anew, "apply").status_code == 303


def test_a_list_set_aside_is_gone(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    page = client.follow(bring(client, row("1")))
    home = client.follow(client.submit(page, "discard"))
    assert "Nothing of it was kept" in text(home)
    assert client.get(page.url.path).status_code == 404


def test_a_list_that_nobody_brought_in_is_deleted_after_a_week(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    bring(client, row("1"))
    settings: Settings = hr.world.settings
    do_calendar(hr.world.db, settings, hr.world.later(days=6))
    assert _waiting(hr) == 1
    do_calendar(hr.world.db, settings, hr.world.later(days=2))
    assert _waiting(hr) == 0


def _waiting(hr: Bringing) -> int:
    with hr.world.db.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table(PastUpload))) or 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "past.csv is empty. Choose the file that holds the list of completions"),
        (b"Employee Number,Course\n1,Pocket QI\n", "no column for: completed on"),
        (b"%PDF-1.7", "is a PDF"),
        (b"Employee Number,Course,Completed On\n", "nothing under it. Choose a file with rows under its header"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(hr: Bringing, client: HouseClient, content: bytes, why: str) -> None:
    answer = client.submit(client.get(HOME), "past-learning", files={"file": ("past.csv", content)}, sheet="Two")
    assert answer.status_code == 422
    assert why in text(answer)
    assert 'value="Two"' in answer.text, "what was typed is kept"


def test_a_long_list_is_for_the_command_line(hr: Bringing, client: HouseClient) -> None:
    content = b"Employee Number,Course,Completed On\n" + b"1,Pocket QI,2025-05-06\n" * (MOST_ROWS + 1)
    answer = client.submit(client.get(HOME), "past-learning", files={"file": ("past.csv", content)})
    assert answer.status_code == 422
    assert "qi learning import" in text(answer)


def test_columns_with_other_names_are_named_once(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    content = b"Who,What,When\n1,Pocket QI,2025-05-06\n"
    files = {"file": ("past.csv", content)}
    refused = client.submit(client.get(HOME), "past-learning", files=files)
    assert refused.status_code == 422
    assert "Its columns are: Who, What, When" in text(refused)
    named = {"column_employee_number": "who", "column_course": "What", "column_completed_on": "When"}
    page = client.follow(client.submit(refused, "past-learning", files=files, **named))
    client.follow(client.submit(page, "apply"))
    assert client.submit(client.get(HOME), "past-learning", files=files).status_code == 303, "remembered"


def test_the_whole_preview_can_be_taken_as_a_file(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    page = client.follow(bring(client, row("1", "=cmd()"), row("404"), row("1", result="no show")))
    answer = client.get(client.submit(page, "download").headers["location"])
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert "'=cmd()" in lines[1]
    assert lines[2].startswith("error,3,404")
    assert lines[3].startswith("left out,4,1")


def test_long_lists_come_page_by_page(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    page = client.follow(bring(client, *(row("1", f"Course {n}") for n in range(120))))
    assert "1 to 50 of 120" in text(page)
    last = client.get(page.url.path + "?show=evidence&page=3")
    assert "101 to 120 of 120" in text(last)
    assert client.get(page.url.path + "?show=nothing").status_code == 404
    record = client.follow(client.submit(page, "apply"))
    assert "1 to 50 of 120" in text(record)
    assert "101 to 120 of 120" in text(client.get(record.url.path + "?show=evidence&page=3"))


def test_nobody_but_those_who_look_after_the_whole_trust_sees_a_list(hr: Bringing, client: HouseClient) -> None:
    hr.world.hire(employee_number="1")
    path = bring(client, row("1")).headers["location"]
    for other in (hr.world.with_role(Role.LEAD), hr.world.hire()):
        assert hr.world.client(other).get(path).status_code in {403, 404}


def test_a_course_completed_elsewhere_reads_as_such_to_the_learner(hr: Bringing, client: HouseClient) -> None:
    ada = hr.world.hire("Ada", "Byron", employee_number="1")
    hr.do(row("1", minutes="300"))
    mine = hr.world.client(ada)
    assert "Completed 6 May 2025" in text(mine.get("/courses"))
    course = mine.get("/courses/pocket-qi")
    completed = next(
        a.get("href") or "" for a in Document.of(course.text).all("a") if "completed" in (a.get("href") or "")
    )
    page = mine.get(completed)
    assert "Completed on 6 May 2025 elsewhere" in text(page)
    assert "Get my certificate" not in text(page)
    with hr.world.db.read() as session:
        view = latest_view(session, latest_edition(session, course_by_slug(session, "pocket-qi").id).id)
    for module in view.modules:
        assert mine.get(f"/courses/pocket-qi/{module.key}").status_code == 200, module.key
