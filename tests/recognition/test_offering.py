"""A person offers what they learnt elsewhere, changes their mind, and offers it again."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.recognition import commands, queries
from app.recognition.rules import MOST_BYTES, OFFERED, OfferState
from tests.invariants import check_invariants
from tests.recognition.scene import DONE, PDF, TIER, WORDS, Scene


def on_record(scene: Scene) -> list[str]:
    with scene.world.db.read() as session:
        return [row.title for row in queries.elsewhere(session, scene.ada.id, date(2000, 1, 1), scene.world.today)]


def test_what_was_offered_is_on_the_record_and_waits_with_words_link_and_file(scene: Scene) -> None:
    file = commands.OfferedFile("my certificate.exe", PDF)
    item = scene.offer(tier=TIER, link="https://example.org/qsir", file=file)
    case = scene.case(item)
    assert case.waiting
    assert (case.waiting.tier, case.waiting.words, case.waiting.link) == (TIER, WORDS, "https://example.org/qsir")
    assert (case.item.source, case.item.completed_on, case.item.minutes) == (OFFERED, DONE, 2400)
    assert [(f.name, f.media_type, f.size) for f in case.files] == [
        ("my certificate.exe.pdf", "application/pdf", len(PDF))
    ]
    assert on_record(scene) == ["QSIR Practitioner"]
    assert scene.deeds("evidence_item") == [("record learning from elsewhere", scene.ada.id)]
    assert scene.deeds("recognition_offer") == [("offer learning for recognition", scene.ada.id)]
    check_invariants(scene.world.db)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"provider": "x" * 201}, "provider"),
        ({"completed_on": date(2026, 11, 24)}, "completed_on"),
        ({"completed_on": date(1900, 1, 1)}, "completed_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 60_001}, "minutes"),
        ({"tier": "patients-and-carers"}, "tier"),
        ({"tier": "no-such-level"}, "tier"),
        ({"words": "x" * 4001}, "words"),
        ({"words": ""}, "words"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": f"https://example.org/{'x' * 500}"}, "link"),
        ({"file": commands.OfferedFile("a.pdf", b"MZ")}, "file"),
        ({"file": commands.OfferedFile("a.pdf", b"")}, "file"),
        ({"file": commands.OfferedFile("a.pdf", b"", too_large=True)}, "file"),
        ({"file": commands.OfferedFile("a.pdf", b"%PDF-" + b"x" * MOST_BYTES)}, "file"),
    ],
)
def test_what_cannot_be_offered_is_refused_by_its_field(scene: Scene, said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInputError) as refused:
        scene.offer(**said)
    assert list(refused.value.errors) == [field]
    assert on_record(scene) == []


def test_each_of_words_a_link_and_a_file_is_enough_alone(scene: Scene) -> None:
    scene.offer(title="One")
    scene.offer(title="Two", words="", link="https://example.org")
    scene.offer(title="Three", words="", file=commands.OfferedFile("a.png", b"\x89PNG\r\n\x1a\n"))
    assert len(on_record(scene)) == 3


def test_the_same_thing_is_not_offered_twice_however_it_is_spelt(scene: Scene) -> None:
    scene.offer()
    with pytest.raises(BadInputError, match="on your record already"):
        scene.offer(title="QSIR  practitioner", provider="nhs england")
    scene.offer(completed_on=DONE + timedelta(days=1))


def test_an_offer_that_was_taken_back_is_off_the_record_and_can_be_offered_again(scene: Scene) -> None:
    item = scene.offer()
    scene.withdraw(item)
    scene.withdraw(item)
    assert on_record(scene) == []
    scene.again(item, words="With more")
    assert on_record(scene) == ["QSIR Practitioner"]
    assert [o.state for o in scene.case(item).offers] == [OfferState.WITHDRAWN, OfferState.WAITING]
    check_invariants(scene.world.db)


def test_of_a_declined_offer_the_item_stays_and_a_file_of_before_is_enough_to_offer_it_again(scene: Scene) -> None:
    item = scene.offer(file=commands.OfferedFile("a.pdf", PDF))
    scene.decline(item)
    assert on_record(scene) == ["QSIR Practitioner"]
    with pytest.raises(StaleError):
        scene.again(item, seen=1, words="I had not seen the answer")
    scene.again(item)
    assert scene.case(item).waiting


def test_what_waits_or_is_recognised_is_not_offered_again(scene: Scene) -> None:
    item = scene.offer()
    with pytest.raises(RuleBrokenError):
        scene.again(item, words="More")
    scene.recognise(item)
    with pytest.raises(RuleBrokenError):
        scene.again(item, words="More")
    with pytest.raises(StaleError):
        scene.withdraw(item)


def test_at_most_five_files_are_kept_of_one_thing(scene: Scene) -> None:
    item = scene.offer(file=commands.OfferedFile("1.pdf", PDF))
    for number in range(2, 6):
        scene.decline(item)
        scene.again(item, file=commands.OfferedFile(f"{number}.pdf", PDF))
    scene.decline(item)
    with pytest.raises(BadInputError, match="5 files are there already"):
        scene.again(item, file=commands.OfferedFile("6.pdf", PDF))


def test_nobody_offers_withdraws_or_opens_what_is_anothers(scene: Scene) -> None:
    item = scene.offer(file=commands.OfferedFile("a.pdf", PDF))
    other = scene.world.hire()
    with pytest.raises(NotFoundError):
        scene.withdraw(item, who=other)
    with pytest.raises(NotFoundError):
        scene.again(item, who=other, words="Mine")
    with scene.world.db.read() as session, pytest.raises(NotFoundError):
        queries.own_file(session, scene.world.actor(other), scene.case(item).files[0].id)


def test_a_row_of_a_list_is_recorded_once_and_can_then_be_offered(scene: Scene) -> None:
    item = scene.imported()
    assert scene.imported() == item
    assert scene.imported(key=None) != item
    scene.again(item, words="It had a project")
    assert scene.case(item).waiting
    scene.withdraw(item)
    assert on_record(scene) == ["Bronze QI", "Bronze QI"], "what a list brought stays when an offer is taken back"


def test_nothing_is_recorded_for_a_patient_partner(scene: Scene) -> None:
    with pytest.raises(NotFoundError):
        scene.imported(scene.world.partner())
