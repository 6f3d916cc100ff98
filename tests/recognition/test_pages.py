"""The pages of whoever offers and whoever decides, as they are used."""

import pytest
import sqlalchemy as sa
from httpx2 import Response

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.recognition import commands
from app.recognition.rules import MOST_BYTES
from tests.client import document
from tests.recognition.scene import LEADERS, PDF, REASON, TIER, WORDS, Scene

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


def test_an_assessor_sees_the_oldest_first_and_how_long_it_has_waited(scene: Scene) -> None:
    scene.offer(title="First")
    scene.world.later(days=20)
    scene.offer(title="Second")
    scene.offer(scene.marco, title="Mine")
    marco = scene.world.client(scene.marco)
    page = said(marco.get("/recognition"))
    assert "2 offers wait for a decision" in page
    assert page.index("First") < page.index("Second")
    assert "1 offer of your own waits for another assessor" in page
    assert "more than four weeks" not in page
    assert "2 offers of learning from elsewhere wait for you to decide" in said(marco.get("/my-skills"))
    scene.world.later(days=8)
    page = said(scene.world.client(scene.marco).get("/recognition"))
    assert "The oldest has waited 28 days" in page


def test_one_press_recognises_by_a_rule(scene: Scene) -> None:
    scene.rule()
    item = scene.offer()
    marco = scene.world.client(scene.marco)
    assert f"A rule fits: {LEADERS}" in said(marco.get("/recognition"))
    page = marco.get(f"/recognition/items/{item}")
    shown = marco.follow(marco.submit(page, "/by-rule"))
    assert "Recognised: QSIR Practitioner, for Ada Learner" in said(shown)
    mine = said(scene.world.client(scene.ada).get(f"/my-record/elsewhere/{item}"))
    assert f"Recognised as {LEADERS}" in mine
    assert REASON in mine


def test_by_judgement_the_day_of_completion_stands_in_the_form_and_what_is_wrong_is_said(scene: Scene) -> None:
    item = scene.offer(tier=TIER)
    marco = scene.world.client(scene.marco)
    page = marco.get(f"/recognition/items/{item}")
    wrong = marco.submit(page, "/recognise", reason="", counts_from="3 March 2024", valid_until="soon")
    assert wrong.status_code == 422
    assert "Enter a day such as 31 March 2029" in said(wrong)
    wrong = marco.submit(wrong, "/recognise", valid_until="", reason="")
    assert "Write why it meets the level" in said(wrong)
    shown = marco.follow(marco.submit(wrong, "/recognise", reason="Five days, <assessed>"))
    assert "Recognised: QSIR Practitioner" in said(shown)
    held = scene.held()
    assert held
    assert str(held.granted_on) == "2024-03-03"


def test_a_decline_without_words_keeps_the_rest_of_the_page(scene: Scene) -> None:
    item = scene.offer(tier=TIER)
    marco = scene.world.client(scene.marco)
    page = marco.submit(marco.get(f"/recognition/items/{item}"), "/decline", why_not=" ")
    assert page.status_code == 422
    assert "Write why it is not recognised" in said(page)
    judging = next(f for f in document(page).forms if f.action.endswith("/recognise"))
    assert (judging.fields["tier"], judging.fields["counts_from"]) == ([TIER], ["3 March 2024"])
    shown = marco.follow(marco.submit(page, "/decline", why_not="Nothing was assessed."))
    assert "Not recognised: QSIR Practitioner" in said(shown)
    mine = scene.world.client(scene.ada).get(f"/my-record/elsewhere/{item}")
    assert "Nothing was assessed." in said(mine)
    assert "Offer it again with more" in said(mine)


def test_two_assessors_at_one_offer_the_second_sees_what_happened_and_keeps_their_words(scene: Scene) -> None:
    item = scene.offer(tier=TIER)
    marco, mina = scene.world.client(scene.marco), scene.world.client(scene.mina)
    old = mina.get(f"/recognition/items/{item}")
    marco.submit(marco.get(f"/recognition/items/{item}"), "/recognise", reason=REASON)
    page = mina.submit(old, "/decline", why_not="I had <thought> otherwise")
    assert page.status_code == 409
    for words in ("This changed while you were reading", "I had <thought> otherwise", REASON, scene.marco.name):
        assert words in said(page)


def test_whoever_decides_on_what_was_taken_back_reads_no_more_of_it(scene: Scene) -> None:
    item = scene.offer(title="A secret wish")
    marco = scene.world.client(scene.marco)
    old = marco.get(f"/recognition/items/{item}")
    scene.withdraw(item)
    page = marco.submit(old, "/decline", why_not="Too late")
    assert page.status_code == 409
    assert "Whoever offered it took it back" in said(page)
    assert "Too late" in said(page)
    assert "A secret wish" not in page.text
    assert marco.get(f"/recognition/items/{item}").status_code == 404


def test_of_ones_own_an_assessor_sees_no_way_to_decide(scene: Scene) -> None:
    item = scene.offer(scene.marco)
    page = scene.world.client(scene.marco).get(f"/recognition/items/{item}")
    assert "another assessor does" in said(page)
    assert [f.action for f in document(page).forms if "/recognition/" in f.action] == []


def test_a_recognition_is_taken_back_on_its_page(scene: Scene) -> None:
    item = scene.offer()
    scene.recognise(item)
    mina = scene.world.client(scene.mina)
    page = mina.submit(mina.get(f"/recognition/items/{item}"), "/take-back", why_back="")
    assert page.status_code == 422
    shown = mina.follow(mina.submit(page, "/take-back", why_back="It was her sister’s."))
    assert "Recognition taken back" in said(shown)
    assert "It was her sister’s." in said(scene.world.client(scene.ada).get(f"/my-record/elsewhere/{item}"))


def test_a_rule_is_looked_at_before_it_is_kept_and_ended_on_its_page(scene: Scene) -> None:
    scene.offer()
    marco = scene.world.client(scene.marco)
    form = marco.get("/recognition/rules")
    wrong = marco.submit(form, "/check", title="QSIR", tier=TIER, months="soon", reason=REASON)
    assert wrong.status_code == 422
    assert "Enter a whole number of months" in said(wrong)
    check = marco.submit(wrong, "/check", months="24")
    assert "It would fit 1 offer that waits, and 0 other items" in said(check)
    assert scene.deeds("recognition_rule") == []
    kept = marco.follow(marco.submit(check, "/recognition/rules"))
    assert "24 months from the day of completion" in said(kept)
    rule = marco.get(document(kept).links["“QSIR”, any provider"])
    assert "It fits 1 offer that waits" in said(rule)
    ended = marco.follow(marco.submit(rule, "/end"))
    assert "There is no rule yet" in said(ended)
    assert "fits nothing any more" in said(marco.get(rule.url.path))


def test_items_that_nobody_offered_are_found_by_any_word_however_accented(scene: Scene) -> None:
    scene.imported(title="Amélioration continue")
    scene.imported(scene.world.hire("Thị", "Nguyễn"), title="Lean", key="lean")
    marco = scene.world.client(scene.marco)
    assert "2 items stand on people’s records" in said(marco.get("/recognition/items"))
    for words, found in (("amelioration", 1), ("nguyen lean", 1), ("another TRUST", 2), ("zebra", 0), ("%", 2)):
        assert f"{found} item" in said(marco.get("/recognition/items", params={"q": words})), words


def test_changes_in_two_windows_of_ones_own_lose_no_words(scene: Scene) -> None:
    item = scene.offer()
    scene.decline(item)
    client = scene.world.client(scene.ada)
    old = client.get(f"/my-record/elsewhere/{item}")
    scene.again(item, words="From the first window")
    page = client.submit(old, "/again", words="From the <second> window")
    assert page.status_code == 409
    assert "From the <second> window" in said(page)
