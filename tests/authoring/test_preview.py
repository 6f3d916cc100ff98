"""The preview: what learners will see, with the keys beside it, whatever state the files are in."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from app.assessment.kinds import KINDS
from app.kernel.config import ROOT, Settings
from app.main import create_preview
from tests.client import HouseClient, document
from tests.curriculum.guide import HOME, Folder
from tests.document import words as words_of

COURSE, TEXT, QUIZ = f"{HOME}/course.yaml", f"{HOME}/01-cold-tea.md", f"{HOME}/check.yaml"
MANY = re.compile(r"/questions/(?:[4-9]|\d\d)")
"""Of a bank three questions are looked at: the journey through the gallery looks at all kinds."""
TAUGHT = ("/sessions", "/teach", "/on-paper")
"""Their pages are looked at where they are written: a preview shows them as they are."""
SHOWN = ("/courses", "/preview", "/attempts", "/work", "/sign-offs", *TAUGHT)
MODULE, KEY = "/courses/tea-round/cold-tea", "/preview/tea-round/check"


def said_by(page: httpx2.Response) -> str:
    """The words of a page, and of the bar above it."""
    found = document(page)
    return " ".join([*(words_of(bar) for bar in found.all("aside")), found.text])


def words(client: HouseClient, address: str) -> str:
    return said_by(client.get(address))


def question(client: HouseClient, number: int) -> httpx2.Response:
    """A question of the quiz as learners have it."""
    return client.get(document(client.get(KEY)).links[f"Try question {number} as a learner"])


def test_a_module_is_the_page_that_learners_get_under_a_bar_that_says_what_it_is(preview: HouseClient) -> None:
    page = preview.get(MODULE)
    said = said_by(page)
    assert "Preview: nothing is recorded." in said
    assert "The check finds nothing to mend." in said
    assert "On an invented ward the tea reached the last bay at 16:20" in said
    assert 'class="app-module"' in page.text
    assert "app.css" in re.sub(r"\.[0-9a-f]{10}", "", page.text)


def test_the_problems_of_this_course_stand_above_it_and_go_when_they_are_mended(
    preview: HouseClient, folder: Folder
) -> None:
    line = folder.swap(COURSE, "competency: measurement", "competency: measurements")
    said = words(preview, MODULE)
    assert f"courses/{COURSE}, line {line}" in said
    assert "unknown competency 'measurements'" in said
    assert "Did you mean 'measurement'?" in said
    folder.swap(COURSE, "competency: measurements", "competency: measurement")
    assert "The check finds nothing to mend." in words(preview, MODULE)


def test_the_problems_of_other_courses_are_not_this_authors(preview: HouseClient, folder: Folder) -> None:
    folder.write("other/course.yaml", "slug: other\n")
    assert "nothing to mend" in words(preview, MODULE)
    folder.write("stray.txt", "left over")
    assert "belongs to no course" in words(preview, MODULE)


def test_a_save_is_seen_at_once_and_nothing_else_is(preview: HouseClient, folder: Folder) -> None:
    before = preview.get("/preview/version").text
    assert preview.get("/preview/version").text == before
    folder.write(f"{HOME}/.01-cold-tea.md.swp", "an editor's own")
    assert preview.get("/preview/version").text == before
    folder.swap(TEXT, "a man in bed 22", "a man in bed 24")
    assert preview.get("/preview/version").text != before
    assert "a man in bed 24" in words(preview, MODULE)


def test_every_answer_of_the_bank_stands_there_with_what_is_right_and_why(preview: HouseClient) -> None:
    said = words(preview, KEY)
    for shown in (
        "Who was on duty with him today", "A name explains no number.", "The right answer",
        "Seven of eight is another day than seven of ninety.", "Those are the hot ones.", "10 of 40 is a quarter.",
        "2 questions in the file. Learners get 1 question, 2 minutes, 1 right to pass",
    ):  # fmt: skip
        assert shown in said


def test_a_question_can_be_tried_and_is_told_what_learners_are_told(preview: HouseClient) -> None:
    started = preview.submit(preview.get(MODULE), "/start")
    assert started.headers["location"] == KEY
    first = question(preview, 1)
    assert "How many beds were moved" in document(first).text
    [choice] = re.findall(r'value="(\w+)" id="[\w-]+">\s*<label[^>]*>Who was on duty', first.text)
    second = preview.follow(preview.submit(first, answer=choice))
    refused = preview.submit(second, answer="a quarter")
    assert refused.status_code == 422
    assert "Write the number only" in document(refused).text
    assert preview.submit(second, answer="25").headers["location"] == KEY
    said = words(preview, KEY)
    assert "Your answer: not right" in said
    assert "Your answer: right" in said


def test_what_was_tried_is_forgotten_when_the_question_changes(preview: HouseClient, folder: Folder) -> None:
    second = question(preview, 2)
    preview.submit(second, answer="25")
    assert "Your answer: right" in words(preview, KEY)
    folder.swap(QUIZ, "Of 40 cups, 10 were cold", "Of 80 cups, 20 were cold")
    assert "Your answer: right" not in words(preview, KEY)


def test_nothing_is_recorded(preview: HouseClient, folder: Folder) -> None:
    before = {f: f.stat().st_mtime_ns for f in folder.path.parent.rglob("*")}
    preview.submit(preview.get(MODULE), "/read")
    preview.submit(question(preview, 2), answer="25")
    assert {f: f.stat().st_mtime_ns for f in folder.path.parent.rglob("*")} == before
    assert "Not done yet" in words(preview, MODULE)


def test_a_course_file_that_cannot_be_read_just_now_leaves_the_last_words_on_the_page(
    preview: HouseClient, folder: Folder
) -> None:
    assert "Why is the tea cold?" in words(preview, MODULE)
    folder.swap(COURSE, "title: Hot tea", "title: [Hot tea")
    said = words(preview, MODULE)
    assert "course.yaml cannot be read just now" in said
    assert "is not YAML" in said
    assert "Why is the tea cold?" in said


def test_a_course_that_could_never_be_read_shows_its_problems(folder: Folder) -> None:
    folder.write(COURSE, "slug: tea-round\n")
    client = HouseClient(create_preview(Settings(courses_dir=folder.path)), base_url="http://127.0.0.1:8020")
    answer = client.get("/courses/tea-round")
    assert answer.status_code == 404
    assert "'tier' is missing" in said_by(answer)
    assert "things to mend" in words(client, "/courses")


def test_other_hosts_names_and_forms_from_other_sites_are_refused(preview: HouseClient) -> None:
    assert preview.get("/", headers={"Host": "preview.evil.example"}).status_code == 400
    sent = preview.post(f"{MODULE}/read", headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403


def test_what_no_course_file_writes_says_so(preview: HouseClient) -> None:
    assert "This is on the site, not in a course" in words(preview, "/help")
    assert preview.get("/courses/tea-round/nowhere").status_code == 404
    assert preview.get("/attempts/x/questions/1").status_code == 404
    assert preview.get("/attempts/1000/questions/99999999999").status_code == 404


def test_the_trusts_own_words_are_filled_in(folder: Folder) -> None:
    given = Settings(courses_dir=folder.path, qi_contact="Ada Writer & co")
    client = HouseClient(create_preview(given), base_url="http://127.0.0.1:8020")
    assert "Ada Writer & co" in words(client, MODULE)


def _addresses(client: HouseClient, begin: str) -> Iterator[str]:
    """Every page that can be reached by links and by beginning quizzes."""
    seen, left = {begin}, [begin]
    while left:
        address = left.pop()
        if MANY.search(address):
            continue
        client.checks = not address.startswith(TAUGHT)
        page = client.get(address, follow_redirects=True)
        yield address
        assert page.status_code == 200, f"{address}: {page.status_code}"
        found = document(page)
        ways = [link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', page.text)]
        ways += [f.action.replace("/start", "/before") for f in found.forms if f.action.endswith("/start")]
        for way in (written.replace("&amp;", "&") for written in ways):
            if way not in seen and way.startswith(
                ("/courses", "/preview", "/attempts", "/work", "/sign-offs", "/sessions", "/teach", "/on-paper")
            ):
                seen.add(way)
                left.append(way)
            elif way not in seen and way.startswith("/activities"):
                seen.add(way)
                left.append(client.get(way).headers["location"])


@pytest.mark.slow
def test_every_page_of_every_real_course_can_be_looked_at() -> None:
    client = HouseClient(
        create_preview(Settings(courses_dir=ROOT / "courses")),
        base_url="http://127.0.0.1:8020",
        follow_redirects=False,
    )
    seen = list(_addresses(client, "/courses"))
    assert sum(address.startswith("/courses/") for address in seen) > 60
    assert sum(address.startswith("/attempts/") for address in seen) > 100
    assert any(address.startswith("/work/") for address in seen)
    assert any(re.fullmatch("/teach/.*/slides", address) for address in seen)
    assert any(address.startswith("/on-paper/") for address in seen)
    kinds = {found[1] for address in seen if address.startswith("/preview/") for found in _kinds(client, address)}
    assert kinds == set(KINDS)


def _kinds(client: HouseClient, address: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"· ([a-z-]+) · (?:easy|medium|hard) ·", client.get(address).text)


@pytest.mark.slow
@pytest.mark.parametrize("file", [COURSE, TEXT, QUIZ])
def test_whatever_line_is_missing_or_doubled_the_pages_say_what_is_wrong(folder: Folder, file: str) -> None:
    """No state of a file that an author may save on the way is an error of the preview's."""
    lines = (folder / file).read_text().splitlines(keepends=True)
    client = HouseClient(create_preview(Settings(courses_dir=folder.path)), base_url="http://127.0.0.1:8020")
    client.get(MODULE)
    for at, line in enumerate(lines):
        for instead in ("", line * 2):
            folder.write(file, "".join([*lines[:at], instead, *lines[at + 1 :]]))
            for address in ("/courses", "/courses/tea-round", MODULE, KEY, "/attempts/1001/questions/1"):
                assert client.get(address).status_code in {200, 404}, f"{address} after line {at + 1}: {instead!r}"
