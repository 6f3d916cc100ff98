"""A certificate from elsewhere: offered with a file, recognised by an assessor, and a level with its source."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.demonstration.elsewhere import certificate
from tests.browser import PHONE, good, picture
from tests.journeys.conftest import Browse, House
from tests.journeys.walking import Tell, heading, newest_mail, press

TITLE = "QSIR Practitioner"
WHY = "Five taught days, and a project that was presented and assessed."


def fill_in(page: Page, file: Path) -> None:
    for label, words in (("What was it?", TITLE), ("Who taught it?", "NHS England"), ("How many hours", "40")):
        page.get_by_label(label).fill(words)
    page.get_by_label("When did you finish it?").fill("3 March 2024")
    page.get_by_label("Which of our levels").select_option(label="Improvement leaders")
    page.get_by_label("A file that shows it").set_input_files(file)


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (PHONE, True), (PHONE, False)])
def test_from_a_certificate_to_a_level_on_the_record(
    house: House, browse: Browse, story: Tell, tmp_path: Path, width: int, javascript: bool
) -> None:
    world = house.world
    ada = world.hire("Ada", f"Learner{width}{'' if javascript else 'Plain'}")
    page = browse(ada, width=width, javascript=javascript)
    theirs = browse(world.with_role("qi_admin"), width=width, javascript=javascript)
    steps, kind = story(page, theirs), "recognition" if javascript else "recognition without scripts"
    look = good if javascript else picture
    right, wrong = tmp_path / "certificate.pdf", tmp_path / "programme.pdf"
    right.write_bytes(certificate(TITLE))
    wrong.write_bytes(b"MZ not what its name says")
    with steps.when("somebody offers what they learnt elsewhere, and chooses the wrong file"):
        page.goto("/my-record")
        page.get_by_role("link", name="Offer something that you learnt elsewhere").click()
        look(page, f"{kind} 1 nothing yet")
        page.get_by_role("button", name="Offer something").click()
        fill_in(page, wrong)
        press(page, "Offer it")
    with steps.then("they read what is wrong with it, and nothing that they typed is lost"):
        expect(page.get_by_role("alert")).to_contain_text("not a PDF, JPEG or PNG, whatever its name says")
        expect(page.get_by_label("What was it?")).to_have_value(TITLE)
        look(page, f"{kind} 2 wrong file")
        page.get_by_label("A file that shows it").set_input_files(right)
        press(page, "Offer it")
        expect(page.get_by_role("status")).to_contain_text("You have offered it")
        expect(page.get_by_role("cell", name="Waiting for a decision")).to_be_visible()
        look(page, f"{kind} 3 offered")
    with steps.when("an assessor takes the file, and recognises it"):
        theirs.goto("/recognition")
        look(theirs, f"{kind} 4 what waits")
        theirs.get_by_role("row", name=ada.name).get_by_role("link", name=f"{TITLE}, NHS England").click()
        expect(heading(theirs)).to_have_text(TITLE)
        look(theirs, f"{kind} 5 to decide")
        with theirs.expect_download() as taken:
            theirs.get_by_role("button", name="Download certificate.pdf").click()
        assert taken.value.suggested_filename == "certificate.pdf"
        assert Path(taken.value.path()).read_bytes() == right.read_bytes()
        theirs.get_by_label("Why it meets the level").fill(WHY)
        press(theirs, "Recognise it")
        expect(theirs.get_by_role("status")).to_contain_text(f"Recognised: {TITLE}, for {ada.name}")
    with steps.then("the person gets a mail, and sees the level, its source and the reason"):
        assert "has been recognised. You now hold Improvement leaders" in newest_mail(world, ada.id)
        page.goto("/my-record")
        level = page.get_by_role("row", name=re.compile("^Improvement leaders"))
        expect(level.get_by_role("cell", name=re.compile("3 March 2024$"))).to_be_visible()
        expect(page.get_by_text("Recognised as Improvement leaders")).to_be_visible()
        look(page, f"{kind} 6 on the record")
        page.get_by_role("link", name="See how it stands, or offer more").click()
        page.get_by_role("link", name=TITLE).click()
        expect(page.get_by_role("heading", name="Recognised as Improvement leaders")).to_be_visible()
        expect(page.get_by_text(WHY).first).to_be_visible()
        look(page, f"{kind} 7 recognised")
