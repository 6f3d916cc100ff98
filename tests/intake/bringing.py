"""HR with a staff file in the browser, in a test: the file's bytes, the pages, and the work done at once or apart."""

import csv
import io
import time
import zlib
from collections.abc import Mapping
from typing import Any

import httpx2
import sqlalchemy as sa

from app.access.permissions import Role
from app.intake import apart
from app.intake.models import StaffUpload
from app.intake.working import Work
from app.kernel.db import table
from app.organisation.models import Person
from tests.client import HouseClient, document
from tests.intake.staff_file import HEADER, row
from tests.world import World

RECORD = "/staff-record"
PATIENCE = 60.0


def content(*rows: Mapping[str, str], names: Mapping[str, str] = HEADER, encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows; `names` are the columns, by the key of a row."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(names.values())
    writer.writerows([one[key] for key in names] for one in rows)
    return written.getvalue().encode(encoding)


class Bringing:
    """One member of HR and their browser. The work on a file is done at once, in this process; `really` lets it be.

    `Apart` stands in the way of app.intake.apart.begin: what a route asks for is noted, and done by `work()`.
    """

    def __init__(self, world: World, apart_: "Apart", given: str = "Hannah", family: str = "Reid") -> None:
        self.world, self.apart = world, apart_
        office = world.team("Office", "Corporate")
        named = {"given_name": given, "family_name": family, "employee_number": family}
        self.hr: Person = world.with_role(Role.HR, team=office, **named)
        self.client: HouseClient = world.client(self.hr)
        self.id = 0

    def later(self, **spell: float) -> None:
        """Time passes, and HR signs in again."""
        self.world.later(**spell)
        self.client = self.world.client(self.hr)

    @property
    def own(self) -> dict[str, str]:
        """The row of whoever brings the file: a whole file that leaves them out would sign them out."""
        return row("Reid", "Reid", given="Hannah", directorate="Corporate", team="Office")

    @property
    def path(self) -> str:
        return f"{RECORD}/files/{self.id}"

    def bring(self, *rows: Mapping[str, str], **said: Any) -> httpx2.Response:
        """The page of the file once it was read."""
        return self.bring_bytes(content(*rows), **said)

    def bring_bytes(self, data: bytes, name: str = "staff.csv", page: str = RECORD, **said: Any) -> httpx2.Response:
        answer = self.post_file(data, name, page, **said)
        assert answer.status_code == 303, document(answer).text[:400]
        self.id = int(answer.headers["location"].rpartition("/")[2])
        return self.shown()

    def post_file(self, data: bytes, name: str = "staff.csv", page: str = RECORD, **said: Any) -> httpx2.Response:
        shown = self.client.get(page)
        return self.client.submit(shown, "/files", files={"file": (name, data)}, **({"whole": "changes"} | said))

    def shown(self, query: str = "") -> httpx2.Response:
        """The file's page, after the work that was asked for."""
        self.apart.work()
        return self.client.get(self.path + query)

    def go(self, page: httpx2.Response, action: str, **filled: Any) -> httpx2.Response:
        """Send a form of the page, and open what it leads to once the work is done."""
        answer = self.client.submit(page, action, **filled)
        self.apart.work()
        return self.client.follow(answer) if answer.status_code == 303 else answer

    def apply(self, **ticks: Any) -> httpx2.Response:
        """From the preview to the record, or to what stands in the way."""
        answer = self.go(self.client.get(self.path), "/apply", **ticks)
        return self.client.follow(answer) if answer.status_code == 303 else answer

    def upload(self) -> StaffUpload:
        with self.world.db.read() as session:
            return session.get_one(StaffUpload, self.id)

    def has_upload(self) -> bool:
        with self.world.db.read() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(table(StaffUpload))) != 0


class Apart:
    """Work that routes asked for, done when the test says so."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.asked: list[tuple[str, int, bytes]] = []

    def begin(self, _settings: object, what: str, upload_id: int, _now: object, data: bytes = b"") -> None:
        self.asked.append((what, upload_id, data))

    def work(self) -> None:
        while self.asked:
            what, upload_id, data = self.asked.pop(0)
            work = Work(self.world.db, upload_id, self.world.clock)
            {"read": lambda: work.read(data), "plan": work.plan, "apply": work.apply}[what]()  # noqa: B023 - at once


class Really(Apart):
    """The real processes, and waiting for them."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.threads: list[Any] = []
        self.begun = apart.begin

    def begin(self, *given: Any) -> None:
        self.threads.append(self.begun(*given))

    def work(self) -> None:
        for thread in self.threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the process did not end"
        self.threads.clear()


def text(answer: httpx2.Response) -> str:
    return document(answer).text


def count(world: World, model: Any) -> int:
    with world.db.read() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table(model))) or 0


def field_of(page: httpx2.Response, label: str) -> str:
    """The name of the field with this label."""
    found = next(e for e in document(page).all("label") if "".join(e.itertext()).strip().startswith(label))
    return str(found.attrib["for"])


def kept(upload: StaffUpload) -> bytes:
    """What an upload keeps of its file, as it is when unpacked."""
    assert upload.content is not None
    return zlib.decompress(upload.content)


def until(true: Any, seconds: float = PATIENCE) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not come true"
        time.sleep(0.05)
