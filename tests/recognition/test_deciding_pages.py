"""The pages of whoever decides, as they are used."""

from httpx2 import Response

from tests.client import document
from tests.recognition.scene import LEADERS, REASON, TIER, Scene


def said(answer: Response) -> str:
    return document(answer).text


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
