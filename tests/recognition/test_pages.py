"""The pages of whoever offers, as they are used, and how files leave the program."""

import pytest
import sqlalchemy as sa
from httpx2 import Response

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.recognition import commands
from app.recognition.rules import MOST_BYTES
from tests.client import document
from tests.recognition.scene import LEADERS, PDF, TIER, WORDS, Scene

OFFER = "/my-record/offer"
TYPED = {"title": "QSIR <b>Practitioner</b>", "provider": "NHS England", "completed_on": "3 March 2024", "hours": "7,5"}
PNG = b"\x89PNG\r\n\x1a\n and more"


def said(answer: Response) -> str:
    return document(answer).text


def test_somebody_offers_a_certificate_and_sees_that_it_waits(scene: Scene) -> None:
    client = scene.world.client(scene.ada)
    record = client.get("/my-record")
    mine = client.get(document(record).links["Offer something that you learnt elsewhere"])
    form = client.get(document(mine).links["Offer something"])
    files = {"file": ("certificate.pdf", PDF)}
    done = client.submit(form, "/offer", **TYPED, tier=TIER, words=WORDS, files=files)
    shown = client.follow(done)
    assert "You have offered it" in said(shown)
    assert "Waiting for a decision" in said(shown)
    page = client.get(document(shown).links["QSIR <b>Practitioner</b>"])
    for words in ("7 hours 30 minutes", "3 March 2024", WORDS, LEADERS, "certificate.pdf", "PDF, 1 KB"):
        assert words in said(page)
    assert "Learning from elsewhere" in said(client.get("/my-record"))


def test_the_same_form_sent_twice_offers_once(scene: Scene) -> None:
    client = scene.world.client(scene.ada)
    form = client.get(OFFER)
    for _ in range(2):
        assert client.submit(form, "/offer", **TYPED, words=WORDS, files={"file": ("a.pdf", PDF)}).status_code == 303
    assert len(scene.deeds("recognition_offer")) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ a program", "not a PDF, JPEG or PNG, whatever its name says"),
        (b"", "This file is empty"),
        (b"%PDF-" + b"x" * MOST_BYTES, "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_has_its_sentence_and_nothing_typed_is_lost(
    scene: Scene, content: bytes, words: str
) -> None:
    client = scene.world.client(scene.ada)
    page = client.submit(client.get(OFFER), "/offer", **TYPED, words=WORDS, files={"file": ("a.pdf", content)})
    assert page.status_code == 422
    assert words in said(page)
    fields = document(page).forms[-1].fields
    assert (fields["title"], fields["words"]) == ([TYPED["title"]], [WORDS])
    assert scene.deeds("evidence_item") == []


def test_a_form_that_comes_back_says_that_the_file_is_to_be_chosen_again(scene: Scene) -> None:
    client = scene.world.client(scene.ada)
    typed = TYPED | {"completed_on": "last spring"}
    page = client.submit(client.get(OFFER), "/offer", **typed, words=WORDS, files={"file": ("a.pdf", PDF)})
    assert page.status_code == 422
    assert "Choose the file again" in said(page)
    assert "Enter the day it was finished, such as 31 March 2024" in said(page)
    assert document(page).forms[-1].fields["completed_on"] == ["last spring"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Enter what it was"),
        ({"completed_on": ""}, "Enter the day it was finished"),
        ({"completed_on": "1 January 2099"}, "between 1948 and today"),
        ({"hours": "a week"}, "Enter a number of hours"),
        ({"hours": "1e9"}, "Enter a number of hours"),
        ({"hours": "nan"}, "Enter a number of hours"),
        ({"link": "javascript:alert(1)"}, "Enter a whole address"),
        ({"words": ""}, "one of them is enough"),
        ({"tier": "gallery"}, "Choose a level from the list"),
    ],
)
def test_what_cannot_be_offered_is_shown_again_with_the_field_and_the_remedy(
    scene: Scene, typed: dict[str, str], words: str
) -> None:
    client = scene.world.client(scene.ada)
    page = client.post(OFFER, data=TYPED | {"words": WORDS} | typed)
    assert page.status_code == 422
    assert words in said(page)


@pytest.mark.parametrize("day", ["", "last spring", "1 January 2099"])
def test_everything_that_is_wrong_with_an_offer_is_told_at_once_in_the_order_of_the_page(
    scene: Scene, day: str
) -> None:
    client = scene.world.client(scene.ada)
    page = client.post(OFFER, data={"title": "", "completed_on": day, "hours": "a week", "link": "nowhere"})
    told = ("Enter what it was", "Enter the day it was finished", "Enter a number of hours", "Enter a whole address")
    assert page.status_code == 422
    places = [said(page).index(words) for words in told]
    assert places == sorted(places)
    nothing = said(client.post(OFFER, data={"title": "", "completed_on": day, "hours": "", "words": ""}))
    for words in ("Enter what it was", "Enter the day it was finished", "one of them is enough"):
        assert words in nothing


def test_what_was_written_past_the_end_of_a_sign_in_is_kept_and_the_file_asked_for_again(scene: Scene) -> None:
    from tests.accounts.people import PASSWORD, someone

    ewa = someone(scene.world, "Ewa", "Nowak")
    client = scene.world.client(ewa)
    form = client.get(OFFER)
    scene.world.later(hours=21)
    to_sign_in = client.submit(form, "/offer", **TYPED, words=WORDS, files={"file": ("a.pdf", PDF)})
    page = client.submit(client.follow(to_sign_in), "/sign-in", username=ewa.email, password=PASSWORD)
    assert page.status_code == 422
    assert "Choose the file again" in said(page)
    assert document(page).forms[-1].fields["words"] == [WORDS]
    assert scene.deeds("evidence_item") == []
    done = client.submit(page, "/offer", files={"file": ("a.pdf", PDF)})
    assert "Waiting for a decision" in said(client.follow(done))


def test_words_alone_are_offered_at_once_after_signing_in_again(scene: Scene) -> None:
    from tests.accounts.people import PASSWORD, someone

    ewa = someone(scene.world, "Ewa", "Nowak")
    client = scene.world.client(ewa)
    form = client.get(OFFER)
    scene.world.later(hours=21)
    to_sign_in = client.submit(form, "/offer", **TYPED, words=WORDS)
    done = client.submit(client.follow(to_sign_in), "/sign-in", username=ewa.email, password=PASSWORD)
    assert "Waiting for a decision" in said(client.follow(done))


def test_a_link_names_its_host_and_opens_without_telling_where_from(scene: Scene) -> None:
    item = scene.offer(link="https://www.example.org/course?x=1")
    for client, page in (
        (scene.world.client(scene.ada), f"/my-record/elsewhere/{item}"),
        (scene.world.client(scene.marco), f"/recognition/items/{item}"),
    ):
        shown = document(client.get(page))
        assert "A link, to www.example.org" in shown.text
        [link] = [a for a in shown.all("a") if a.attrib.get("href", "").startswith("https://")]
        assert "noopener" in link.attrib["rel"]


def test_a_file_is_only_ever_saved_and_whoever_takes_anothers_leaves_their_name(scene: Scene) -> None:
    item = scene.offer(file=commands.OfferedFile('Zeugnis "Ölmühle".png', PNG))
    file = scene.case(item).files[0].id
    own = scene.world.client(scene.ada).get(f"/my-record/files/{file}")
    marco = scene.world.client(scene.marco)
    taken = marco.submit(marco.get(f"/recognition/items/{item}"), f"/recognition/files/{file}")
    again = marco.submit(marco.get(f"/recognition/items/{item}"), f"/recognition/files/{file}")
    for answer in (own, taken, again):
        assert answer.status_code == 200
        assert answer.content == PNG
        assert answer.headers["content-type"] == "image/png"
        assert answer.headers["content-disposition"].startswith('attachment; filename="Zeugnis __lm_hle_.png"')
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    event = table(AuditEvent)
    with scene.world.db.read() as session:
        found = session.execute(
            sa.select(event.c.actor_id, event.c.subject_id).where(event.c.action == "download offered file")
        ).all()
    assert [tuple(row) for row in found] == [(scene.marco.id, scene.ada.id)] * 2


def test_changes_in_two_windows_of_ones_own_lose_no_words(scene: Scene) -> None:
    item = scene.offer()
    scene.decline(item)
    client = scene.world.client(scene.ada)
    old = client.get(f"/my-record/elsewhere/{item}")
    scene.again(item, words="From the first window")
    page = client.submit(old, "/again", words="From the <second> window")
    assert page.status_code == 409
    assert "From the <second> window" in said(page)
