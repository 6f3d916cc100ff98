"""The pages of an external programme: kept by the QI team, read by its person, signed off by its sponsor."""

import pytest

from app.organisation.models import Person
from app.recognition.rules import ADVISOR_TIER
from tests.client import document
from tests.recognition.advisors import PDF, Programmes
from tests.recognition.scene import Scene

FILLED = {
    "programme": "Improvement Advisor",
    "provider": "An institute",
    "starts_on": "3 November 2025",
    "ends_on": "25 September 2026",
}


@pytest.fixture
def kept(scene: Scene) -> Programmes:
    return Programmes(scene.world, scene.marco.id)


@pytest.fixture
def sponsor(scene: Scene) -> Person:
    return scene.world.hire("Teresa", "Hollis")


def test_an_administrator_keeps_a_record_from_the_desk_on(scene: Scene, sponsor: Person) -> None:
    client = scene.world.client(scene.marco)
    listed = client.get(document(client.get("/recognition")).links["External programmes of improvement advisors"])
    assert "No external programme is recorded yet." in document(listed).text
    form = client.get(document(listed).links["Record a programme"])
    wrong = client.submit(form, **(FILLED | {"person": "Nobody Here", "ends_on": "soon", "project": "Fewer falls"}))
    assert wrong.status_code == 422
    said = document(wrong).text
    assert "Nobody here matches “Nobody Here”" in said or "Enter the last day" in said
    assert 'value="Fewer falls"' in wrong.text, "nothing typed is lost"
    done = client.submit(form, **(FILLED | {"person": "Ada Learner", "sponsor": "Teresa Hollis"}))
    page = document(client.get(done.headers["location"]))
    assert page.h1 == "Improvement Advisor"
    assert "Waits for a result, the sponsor’s sign-off and a verified certificate" in page.text
    assert "Review by 25 September 2029" in page.text
    assert "1 programme recorded" in document(client.get("/recognition/advisors")).text


def test_the_whole_way_to_the_level_in_the_browser(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    record = kept.keep(scene.ada, sponsor)
    client, path = scene.world.client(scene.marco), f"/recognition/advisors/{record}"
    client.submit(client.get(path), f"{path}/workshops", workshop="Day 1", held_on="5 March 2026", attended="yes")
    client.submit(client.get(path), f"{path}/workshops", workshop="Day 2", held_on="6 March 2026", attended="")
    client.submit(client.get(path), f"{path}/scores", score="3.5", scored_on="1 September 2026", note="The provider")
    page = document(client.get(path))
    assert "There for 1 of 2." in page.text
    assert "A project is expected to come to 4.0 or more. This decides nothing by itself." in page.text
    sent = client.post(f"{path}/certificate", data={}, files={"certificate": ("c.pdf", PDF, "application/pdf")})
    assert sent.status_code == 303
    client.submit(client.get(path), f"{path}/verify", how="Its number was looked up")
    theirs = scene.world.client(sponsor)
    waiting = theirs.get("/sponsored")
    assert "1 record waits for you to sign off." in document(waiting).text
    signing = theirs.get(document(waiting).links["Ada Learner"])
    theirs.submit(signing, f"/sponsored/{record}", words="The ward still does it.")
    assert "You signed it off" in document(theirs.get("/sponsored")).text
    client.submit(client.get(path), f"{path}/grant")
    assert scene.held(ADVISOR_TIER)
    client.submit(client.get(path), f"{path}/duties", days="2,5", coaches="3")
    said = document(client.get(path)).text
    assert "Level granted; review by 25 Sep 2029" in said
    assert "2.5 days a week, supports 3 coaches" in said
    assert "Teresa Hollis signed it off" in said
    assert "Verified by Marco" in said


def test_a_file_that_is_no_certificate_is_refused_with_the_remedy(scene: Scene, kept: Programmes) -> None:
    record = kept.keep(scene.ada)
    client, path = scene.world.client(scene.marco), f"/recognition/advisors/{record}/certificate"
    no_file = client.post(path, data={})
    assert no_file.status_code == 422
    assert "Choose the file of the certificate" in document(no_file).text
    not_one = client.post(path, data={}, files={"certificate": ("c.pdf", b"MZ a program", "application/pdf")})
    assert not_one.status_code == 422
    assert "not a PDF, JPEG or PNG" in document(not_one).text


def test_the_person_sees_it_all_and_their_certificate_and_nobody_elses(
    scene: Scene, kept: Programmes, sponsor: Person
) -> None:
    record = kept.keep(scene.ada, sponsor)
    certificate = kept.certify(record)
    client = scene.world.client(scene.ada)
    elsewhere = document(client.get("/my-record/elsewhere")).links
    assert "Programmes that I sponsor" not in elsewhere
    page = document(client.get(elsewhere["My external programme"]))
    assert "Fewer falls on Larch" in page.text
    assert "No certificate has been verified." in page.text
    assert client.get(f"/my-record/certificates/{certificate}/file").content == PDF
    other = scene.world.client(sponsor)
    assert other.get(f"/my-record/certificates/{certificate}/file").status_code == 404
    assert "No external programme of yours" in document(other.get("/my-record/advisor")).text
    assert "Programmes that I sponsor" in document(other.get("/my-record/elsewhere")).links


def test_a_downloaded_certificate_is_written_down(scene: Scene, kept: Programmes) -> None:
    record = kept.keep(scene.ada)
    certificate = kept.certify(record)
    client = scene.world.client(scene.marco)
    answer = client.submit(client.get(f"/recognition/advisors/{record}"), f"/recognition/certificates/{certificate}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert scene.deeds("advisor_certificate") == [("download advisor certificate", scene.ada.id)]


def test_whoever_saves_too_late_sees_both_versions(scene: Scene, kept: Programmes) -> None:
    record = kept.keep(scene.ada)
    client = scene.world.client(scene.mina)
    form = client.get(f"/recognition/advisors/{record}/change")
    kept.change(record, project="What Marco wrote")
    late = client.submit(form, project="What Mina wrote")
    assert late.status_code == 409
    assert "What Marco wrote" in document(late).text
    assert "What Mina wrote" in document(late).text
    assert kept.of(record).record.project == "What Marco wrote"


def test_the_form_begins_with_what_is_known_and_saving_it_unchanged_changes_nothing(
    scene: Scene, kept: Programmes, sponsor: Person
) -> None:
    record = kept.keep(scene.ada, sponsor)
    before = kept.of(record)
    client = scene.world.client(scene.marco)
    assert client.submit(client.get(f"/recognition/advisors/{record}/change")).status_code == 303
    assert kept.of(record) == before


def test_an_administrator_reads_their_own_record_without_forms(scene: Scene, sponsor: Person) -> None:
    record = Programmes(scene.world, scene.mina.id).keep(scene.marco, sponsor)
    page = document(scene.world.client(scene.marco).get(f"/recognition/advisors/{record}"))
    assert "This is your own." in page.text
    assert not [f for f in page.forms if "/advisors/" in f.action]
