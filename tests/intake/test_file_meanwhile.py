"""Between a file's preview and its import: others write, another file comes, HR look elsewhere."""

from datetime import date

import pytest

from app.intake.models import StaffImport, StaffUpload, StaffUploadLine, StaffUploadProblem
from app.organisation.models import Employment
from tests.client import document
from tests.intake.bringing import RECORD, Apart, Bringing, content, count, field_of, text
from tests.intake.staff_file import row
from tests.world import World


@pytest.fixture(autouse=True)
def _ward(world: World) -> None:
    world.team("Ward 7", "Medicine")


@pytest.mark.parametrize("moved", ["hired", "renamed"])
def test_when_the_record_moves_between_preview_and_apply_the_new_preview_is_shown(
    bringing: Bringing, moved: str
) -> None:
    world = bringing.world
    page = bringing.bring(row("1", "Okafor"), row("2"))
    if moved == "hired":
        world.hire("Ash", "Okafor", employee_number="1", team="Ward 7", starts_on=date(2024, 2, 5), email=None)
    else:
        world.later(hours=1)
        world.hire("Ash", "Person2", employee_number="2", team="Ward 8")
    before = count(world, Employment)
    answer = bringing.go(page, "/apply")
    assert "What is known of staff has changed since the preview" in text(answer)
    assert count(world, Employment) == before, "nothing is written"
    assert count(world, StaffImport) == 0
    assert "1 joins" in text(answer), "the preview is the one that is right now"
    done = bringing.apply()
    assert document(done).h1 == "What staff.csv did"


def test_a_form_of_an_older_preview_shows_the_newer_one(bringing: Bringing) -> None:
    old = bringing.bring(row("1"), row("2", start="12/26"))
    right = bringing.client.get(f"{bringing.path}/rows/3")
    bringing.go(right, "/rows/3", **{field_of(right, "Start Date"): "2024-02-05"})
    bringing.go(bringing.client.get(bringing.path), "/again")
    answer = bringing.go(old, "/apply", good_rows="true")
    assert "The preview is another by now" in answer.text
    assert count(bringing.world, StaffImport) == 0


def test_the_page_that_follows_the_work_says_where_it_goes(bringing: Bringing) -> None:
    """htmx asks for the page each second; what comes after the work is opened whole."""
    answer = bringing.post_file(content(row("1")))
    bringing.id = int(answer.headers["location"].rpartition("/")[2])
    script = {"HX-Request": "true", "HX-Target": "working"}
    part = bringing.client.get(bringing.path, headers=script)
    assert "Waiting to begin" in part.text
    assert "<html" not in part.text
    whole = bringing.client.get(bringing.path)
    assert document(whole).h1 == "Reading the staff file"
    bringing.apart.work()
    assert bringing.client.get(bringing.path, headers=script).headers["HX-Redirect"] == bringing.path


def test_apart_is_what_routes_ask_for(bringing: Bringing) -> None:
    """A control: until the work is done, the page says that it goes on."""
    bringing.post_file(content(row("1")))
    assert isinstance(bringing.apart, Apart)
    assert [what for what, _, _ in bringing.apart.asked] == ["read"]


def test_a_second_file_is_refused_by_name_while_one_waits(bringing: Bringing) -> None:
    form = bringing.client.get(RECORD)
    bringing.bring(row("1"))
    other = Bringing(bringing.world, bringing.apart, "Omar", "Haddad")
    answer = other.client.submit(form, "/files", files={"file": ("mine.csv", content(row("2")))}, whole="changes")
    assert answer.status_code == 422
    assert "Hannah Reid brought staff.csv on 23 November, and it waits still" in text(answer)
    assert count(bringing.world, StaffUpload) == 1
    assert "A file waits" in text(other.client.get(RECORD))
    assert text(other.client.get(bringing.path)) == text(bringing.client.get(bringing.path)), "HR share the work"


def test_a_file_that_is_set_aside_leaves_nothing(bringing: Bringing) -> None:
    page = bringing.bring(row("1"), row("2", start="12/26"))
    answer = bringing.go(page, "/aside")
    assert "set aside" in text(answer) or "set aside" in answer.text
    assert [count(bringing.world, m) for m in (StaffUpload, StaffUploadLine, StaffUploadProblem)] == [0, 0, 0]
    assert bringing.client.get(bringing.path).status_code == 404
    assert count(bringing.world, Employment) == 1
    assert bringing.bring(row("1")).status_code == 200, "the next one may come"
