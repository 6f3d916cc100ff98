"""The work on a staff file is done by a process of its own: killed, cut short or overtaken, nothing is half done."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.intake import apart
from app.intake.commands import uploading
from app.intake.commands.uploading import AskApply, BringFile, PutRowRight
from app.intake.models import StaffImport, StaffUpload
from app.intake.rules.uploads import Phase, UploadState
from app.intake.working import Work
from app.kernel.config import ROOT
from app.kernel.db import WriteSession, table
from app.kernel.errors import RuleBrokenError
from app.organisation.models import Employment
from tests.client import document
from tests.intake.bringing import Bringing, content, count, text, until
from tests.intake.staff_file import row
from tests.invariants import check_invariants

MANY = 2_000
SCRIPT = {"HX-Request": "true", "HX-Target": "working"}


def many() -> bytes:
    return content(*(row(f"{n:08}") for n in range(MANY)), row("x", start="12/26"))


class Children:
    """The processes that were begun. The next one lingers in a phase when a test says so, and can be killed there."""

    def __init__(self) -> None:
        self.begun: list[subprocess.Popen[bytes]] = []
        self.lingers: Phase | None = None

    def command(self, words: list[str]) -> list[str]:
        if self.lingers is None:
            return words
        assert words[1:3] == ["-m", "app.intake.apart"]
        return [words[0], "-m", "tests.intake.lingering", self.lingers, *words[3:]]

    def kill(self, really: Bringing) -> None:
        """Kill the last while it lingers; those after it do not."""
        child, phase = self.begun[-1], self.lingers
        until(lambda: really.upload().phase == phase)
        os.kill(child.pid, signal.SIGKILL)
        really.apart.work()
        assert child.returncode == -signal.SIGKILL
        self.lingers = None


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Children:
    made = Children()

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, words: list[str], **said: Any) -> None:
            super().__init__(made.command(words), **said)
            made.begun.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return made


def stopped(really: Bringing) -> Any:
    """The page once nothing was heard for 45 seconds."""
    assert "went on" not in text(really.client.get(really.path))
    assert document(really.client.get(really.path)).all("progress")
    really.world.later(seconds=60)
    assert really.client.get(really.path, headers=SCRIPT).headers["HX-Redirect"] == really.path
    page = really.client.get(really.path)
    assert "stopped before its end. Nothing was changed." in text(page)
    assert not document(page).all("progress")
    return page


@pytest.mark.slow
def test_a_real_process_reads_previews_and_applies(really: Bringing) -> None:
    really.world.team("Ward 7", "Medicine")
    page = really.bring_bytes(many())
    assert "2,000 join." in text(page)
    done = really.apply(good_rows="true")
    assert "2,000 joined." in text(done)
    assert count(really.world, Employment) == MANY + 1


@pytest.mark.slow
def test_killed_while_it_reads_the_file_can_be_set_aside_and_brought_again(
    really: Bringing, children: Children
) -> None:
    really.world.team("Ward 7", "Medicine")
    children.lingers = Phase.READING
    answer = really.post_file(many())
    really.id = int(answer.headers["location"].rpartition("/")[2])
    children.kill(really)
    page = stopped(really)
    assert "Set it aside and choose the file again." in text(page)
    refused = really.client.post(f"{really.path}/again", data={"_once": "x"})
    assert refused.status_code == 409, "its rows were not kept"
    really.go(page, "/aside")
    assert not really.has_upload()
    assert "2,000 join." in text(really.bring_bytes(many()))


@pytest.mark.slow
@pytest.mark.parametrize("phase", [Phase.CHECKING, Phase.COMPARING, Phase.KEEPING])
def test_killed_while_it_plans_it_is_worked_out_again(really: Bringing, children: Children, phase: Phase) -> None:
    really.world.team("Ward 7", "Medicine")
    children.lingers = phase
    answer = really.post_file(many())
    really.id = int(answer.headers["location"].rpartition("/")[2])
    children.kill(really)
    page = really.go(stopped(really), "/again")
    assert "2,000 join." in text(page)
    assert "2,000 joined." in text(really.apply(good_rows="true"))


@pytest.mark.slow
def test_killed_while_it_applies_all_is_done_or_nothing_and_it_can_be_done_again(
    really: Bringing, children: Children
) -> None:
    really.world.team("Ward 7", "Medicine")
    page = really.bring_bytes(many())
    children.lingers = Phase.APPLYING
    really.client.submit(page, "/apply", good_rows="true")
    children.kill(really)
    posts = count(really.world, Employment)
    assert posts in {1, MANY + 1}
    check_invariants(really.world.db)
    if posts == 1:
        page = really.go(stopped(really), "/again")
        assert "2,000 join." in text(page)
        really.apply(good_rows="true")
    assert count(really.world, Employment) == MANY + 1
    assert count(really.world, StaffImport) == 1


@pytest.mark.slow
def test_of_a_file_that_did_not_arrive_whole_nothing_is_read(really: Bringing) -> None:
    """The server was killed while it handed the file over: the rest would look like everybody who left."""
    really.world.team("Ward 7", "Medicine")
    data = content(row("1"), row("2"))
    with really.world.db.write() as session:
        command = BringFile(file_name="staff.csv", whole="trust", chosen={})
        really.id = uploading.bring_file(session, really.world.actor(really.hr), command, really.world.now).id
    words = [sys.executable, "-m", "app.intake.apart", "read", str(really.id), really.world.now.isoformat()]
    environment = apart._environment(really.world.settings)
    subprocess.run([*words, str(len(data))], input=data[:-40], env=environment, cwd=ROOT, check=True, timeout=60)
    page = really.client.get(really.path)
    assert "Only a part of the file arrived" in text(page)
    assert really.upload().content is None
    really.go(page, "/aside")
    assert not really.has_upload()


def test_a_fault_is_said_at_once_and_the_work_can_go_on(bringing: Bringing, caplog: pytest.LogCaptureFixture) -> None:
    bringing.world.team("Ward 7", "Medicine")
    bringing.bring(row("1"))
    with bringing.world.db.write() as session:
        kept = session.get_one(StaffUpload, bringing.id).content
        session.execute(sa.update(table(StaffUpload)).values(content=b"broken"))
    page = bringing.go(bringing.client.get(bringing.path), "/apply")
    assert "This stopped because of a fault in the program. Nothing was changed." in text(page)
    assert "the work on upload" in caplog.text
    with bringing.world.db.write() as session:
        session.execute(sa.update(table(StaffUpload)).values(content=kept))
    assert "1 joins." in text(bringing.go(page, "/again"))


def test_work_that_was_overtaken_writes_nothing(bringing: Bringing) -> None:
    """It was silent for so long that it was taken for killed: HR began anew, and then it woke up."""
    bringing.world.team("Ward 7", "Medicine")
    page = bringing.bring(row("1"), row("2"))
    bringing.client.submit(page, "/apply")
    world, upload_id = bringing.world, bringing.id
    bringing.apart.asked.clear()

    class Slow(Work):
        def _apply(self, upload: StaffUpload, shown: Any) -> None:
            world.later(minutes=2)
            with world.db.write() as session:
                uploading.work_again(session, world.actor(bringing.hr), upload_id, world.now)
            super()._apply(upload, shown)

    Slow(world.db, upload_id, world.clock).apply()
    assert count(world, StaffImport) == 0
    assert bringing.upload().state is UploadState.WORKING
    Work(world.db, upload_id, world.clock).apply()
    assert bringing.upload().state is UploadState.WORKING, "nobody asked for that now"
    Work(world.db, upload_id, world.clock).plan()
    assert "2 join." in text(bringing.client.get(bringing.path))


def test_work_on_a_file_that_was_set_aside_ends_without_a_word(
    bringing: Bringing, caplog: pytest.LogCaptureFixture
) -> None:
    bringing.post_file(content(row("1")))
    bringing.id = bringing.apart.asked[0][1]
    bringing.world.later(minutes=2)
    bringing.go(bringing.client.get(bringing.path), "/aside")
    assert not bringing.has_upload()
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}]


def both(bringing: Bringing, *deeds: Callable[[WriteSession], object]) -> list[Exception]:
    """Do these at the same moment, each in its own transaction. Returns what was refused."""
    together = threading.Barrier(len(deeds))
    refused: list[Exception] = []
    assert bringing.world.db

    def run(deed: Callable[[WriteSession], object]) -> None:
        together.wait(10)
        try:
            with bringing.world.db.write() as session:
                deed(session)
        except RuleBrokenError as error:
            refused.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_files_brought_at_once_one_is_taken(bringing: Bringing) -> None:
    actor, now = bringing.world.actor(bringing.hr), bringing.world.now

    def bring(session: WriteSession) -> object:
        return uploading.bring_file(session, actor, BringFile(file_name="s.csv", whole="changes", chosen={}), now)

    for _ in range(5):
        refused = both(bringing, bring, bring)
        assert len(refused) == 1
        assert count(bringing.world, StaffUpload) == 1
        with bringing.world.db.write() as session:
            session.execute(sa.delete(table(StaffUpload)))


def test_of_two_rows_put_right_at_once_both_are_kept(bringing: Bringing) -> None:
    bringing.world.team("Ward 7", "Medicine")
    bringing.bring(*(row(str(n), start="12/26") for n in range(12)))
    actor, now = bringing.world.actor(bringing.hr), bringing.world.now

    def right(at: int) -> Callable[[WriteSession], object]:
        command = PutRowRight(upload_id=bringing.id, row=at, values={"Start Date": "2024-02-05"})
        return lambda session: uploading.put_row_right(session, actor, command, now)

    for at in range(2, 14, 2):
        assert both(bringing, right(at), right(at + 1)) == []
    assert set(bringing.upload().corrections) == {str(at) for at in range(2, 14)}
    page = bringing.go(bringing.client.get(bringing.path), "/again")
    assert "12 join." in text(page)


def test_of_two_who_apply_at_once_one_does(bringing: Bringing) -> None:
    bringing.world.team("Ward 7", "Medicine")
    bringing.bring(row("1"))
    actor, now, plan = bringing.world.actor(bringing.hr), bringing.world.now, bringing.upload().plan
    asked = AskApply(upload_id=bringing.id, plan=plan, good_rows=False, leavers_expected=False)

    def apply(session: WriteSession) -> object:
        return uploading.ask_apply(session, actor, asked, now)

    assert len(both(bringing, apply, apply)) == 1
