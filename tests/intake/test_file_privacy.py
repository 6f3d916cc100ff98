"""What a learning platform has no business with is in the file, and afterwards nowhere: looked for, byte by byte."""

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import httpx2
import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.intake.models import StaffUpload
from app.kernel.db import table
from app.schema import metadata
from tests.client import document, form_of
from tests.intake.bringing import Bringing, content, field_of, kept, text, until
from tests.intake.files import spreadsheet
from tests.intake.staff_file import HEADER, row
from tests.intake.test_import_command import GO
from tests.serving import Server, SharedClock
from tests.world import World

NAMES = HEADER | {"home": "Home Address", "phone": "Telephone", "gender": "Gender"}
SECRETS = {"ni": "QQ123456C", "born": "1961-03-07", "home": "17 Marigold Terrace", "phone": "07700 900461",
           "gender": "Womanish"}  # fmt: skip
OF_GO = {"ni": "ZZ000000Z", "home": "1 Example Road", "phone": "00000 000000", "gender": "Female", "born": "19700101"}


def private(number: str, **said: str) -> dict[str, str]:
    return row(number, **said) | SECRETS


class Watching:
    """Looks at a folder of temporary files all the time, also at files without a name that a process holds open."""

    def __init__(self, folder: Path, process: int) -> None:
        self.folder, self.process, self.seen = folder, process, set[str]()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.002):
            self.seen.update(str(path) for path in self.folder.rglob("*"))
            for held in Path(f"/proc/{self.process}/fd").iterdir():
                try:
                    leads = str(held.readlink())
                except OSError:
                    continue
                if str(self.folder) in leads:
                    self.seen.add(leads)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def server(world: World, temporary: Path, tmp_path: Path) -> Iterator[Server]:
    assert temporary.exists()
    settings = {"QI_DATABASE_URL": world.settings.database_url, "QI_SPOOL_DIR": str(world.settings.spool_dir)}
    SharedClock(tmp_path / "clock", world.now)
    assert world.db
    serving = Server(settings, tmp_path / "clock", tmp_path)
    yield serving
    serving.stop()


class Browser:
    """HR at a real server."""

    def __init__(self, server: Server, world: World) -> None:
        hr = world.with_role(Role.HR, family_name="Reid", employee_number="Reid")
        here = {"Sec-Fetch-Site": "same-origin"}
        self.client = httpx2.Client(
            base_url=server.url, cookies={"qi_session": world.sign_in(hr)}, headers=here, timeout=60
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, path: str) -> httpx2.Response:
        return self.client.get(path, follow_redirects=True)

    def submit(self, page: httpx2.Response, action: str, files: Any = None, **filled: str) -> httpx2.Response:
        form = form_of(page, action)
        data: dict[str, Any] = form.fields | {name: [value] for name, value in filled.items()}
        answer = self.client.post(form.action, data=data, files=files, follow_redirects=True)
        return self.settled(answer)

    def settled(self, answer: httpx2.Response) -> httpx2.Response:
        found = [answer]

        def ended() -> bool:
            working = bool(document(found[0]).all("progress"))
            if working:
                found[0] = self.get(str(found[0].url))
            return not working

        until(ended)
        return found[0]


def anywhere(world: World, folders: list[Path], secrets: Mapping[str, str]) -> list[str]:
    """Where these words are, in any of the ways a text is written."""
    files = [(path.name, path.read_bytes()) for f in folders for path in f.rglob("*") if path.is_file()]
    with world.db.read() as session:
        tables = [
            (each.name, repr([tuple(one) for one in session.execute(sa.select(each))]).encode())
            for each in metadata.sorted_tables
        ]
        uploads = session.scalars(sa.select(StaffUpload)).all()
    packed = [("what the upload keeps", kept(upload)) for upload in uploads if upload.content is not None]
    return [
        f"{what} in {where} as {form}"
        for what, secret in secrets.items()
        for form in ("utf-8", "utf-16-le", "utf-16-be")
        for where, held in (*files, *tables, *packed)
        if secret.encode(form) in held
    ]


def journey(browser: Browser, name: str, data: bytes, more: Mapping[str, str], rows: list[int]) -> httpx2.Response:
    """From the file to what stands in the way of nothing more; with a download of it."""
    page = browser.submit(browser.get("/staff-record"), "/files", files={"file": (name, data)}, whole="changes")
    if more:
        columns = browser.get(f"{page.url.path}/columns")
        page = browser.submit(columns, "/files", files={"file": (name, data)}, whole="changes", **more)
    assert document(page).h1 == f"What {name} would change", text(page)
    where = page.url.path
    for at in rows:
        mend = browser.get(f"{where}/rows/{at}")
        browser.submit(mend, f"/rows/{at}", **{field_of(mend, "Start Date"): "2024-02-05"})
        page = browser.submit(browser.get(where), "/again")
    browser.submit(page, "/download")
    if "Decide" in document(page).links:
        page = browser.submit(browser.get(f"{where}/decisions"), "/decisions", all="create")
    return page


@pytest.mark.slow
def test_no_private_byte_is_left_anywhere(
    world: World, server: Server, temporary: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    looked_at = [tmp_path]
    wrong = private("2", start="12/26")
    many = [private(f"{n:05}", directorate="Medicine", team="Ward 7") for n in range(10, 610)]

    def fill(_workbook: Any, sheet: Any) -> None:
        for at, key in enumerate(NAMES):
            sheet.write(0, at, NAMES[key])
            sheet.write(1, at, private("00007")[key])

    lacking = content(private("00006"), names=NAMES).replace(b"Last Name", b"Known As")
    columns = {"says-family_name": "Known As"}
    go = GO.replace("20000009", "").encode()
    files: list[tuple[str, bytes, Mapping[str, str], list[int]]] = [
        ("a.csv", content(private("00001"), wrong, *many, names=NAMES), {}, [3]),
        ("b.csv", content(private("00004"), wrong, names=NAMES, encoding="utf-16"), {}, [3]),
        ("c.xlsx", spreadsheet(fill), {}, []),
        ("d.csv", lacking, columns, []),
        ("e.dat", go, {"says-directorate": "Organisation", "says-team": ""}, []),
    ]
    with Browser(server, world) as browser, Watching(temporary, server.process.pid) as watching:
        for name, data, more, rows in files:
            page = journey(browser, name, data, more, rows)
            assert anywhere(world, looked_at, SECRETS | OF_GO) == [], name
            done = browser.submit(page, "/apply", good_rows="true")
            assert document(done).h1 == f"What {name} did", text(done)
            browser.submit(done, "/download")
        for name, data in (("f.csv", b"Name;Born\n"), ("g.csv", content(private("1")).partition(b"\n")[2])):
            page = browser.submit(browser.get("/staff-record"), "/files", files={"file": (name, data)}, whole="changes")
            assert document(page).h1 == "The file was not taken"
    assert anywhere(world, looked_at, SECRETS | OF_GO) == []
    assert watching.seen == set(), "no part of a file may lie on a disk"
    assert len(list(world.settings.spool_dir.iterdir())) == 2 * len(files)
    server.stop()
    said = server.complaints + "".join(capfd.readouterr())
    assert not [secret for secret in (SECRETS | OF_GO).values() if secret in said]
    assert anywhere(world, looked_at, SECRETS | OF_GO) == [], "nor once the server has closed the database"


def test_the_search_finds_what_is_there(bringing: Bringing, tmp_path: Path) -> None:
    """A control: names are kept, and are found in the database, in what is packed, and in files."""
    bringing.world.team("Ward 7", "Medicine")
    bringing.bring(row("1", "Okaforowicz"), row("2", "Wrongowicz", start="12/26"))
    found = anywhere(bringing.world, [tmp_path], {"joiner": "Okaforowicz", "wrong": "Wrongowicz"})
    assert {"joiner in staff_upload_line as utf-8", "wrong in staff_upload_problem as utf-8"} <= set(found)
    assert {f"{who} in what the upload keeps as utf-8" for who in ("joiner", "wrong")} <= set(found)
    (tmp_path / "hidden").write_bytes("Okaforowicz".encode("utf-16-le"))
    assert "joiner in hidden as utf-16-le" in anywhere(bringing.world, [tmp_path], {"joiner": "Okaforowicz"})


@pytest.mark.parametrize("column", ["number", "role", "band", "pattern", "team", "manager"])
def test_a_national_insurance_number_that_strays_into_another_column_is_not_kept(
    bringing: Bringing, column: str
) -> None:
    bringing.world.team("Ward 7", "Medicine")
    page = bringing.bring(row("1") | {column: "AB 12 34 56 C"}, row("2"))
    assert "AB 12 34 56 C" not in page.text
    assert b"AB 12 34 56 C" not in kept(bringing.upload())
    assert anywhere(bringing.world, [], {"ni": "AB 12 34 56 C"}) == []


@pytest.mark.parametrize(
    "first",
    [
        "00012345|Ash|Okafor|QQ123456C|1961-03-07|Ward 7",
        "MAR1,Ash,Okafor,QQ 12 34 56 C,Ward 7,Students,Student",
        "MAR1,Ash,Okafor,07700 900461,Ward 7,Students,Student",
        "MAR1;Ash;Okafor;7 March 1961;Ward 7;Students;Student;ash@home.example",
    ],
)
def test_a_file_without_a_header_is_refused_before_its_first_row_is_kept_as_one(bringing: Bringing, first: str) -> None:
    page = bringing.bring_bytes(f"{first}\n{first.replace('Ash', 'Bo')}\n".encode())
    assert "has no header: row 1 looks like somebody's record" in text(page)
    with bringing.world.db.read() as session:
        assert session.scalar(sa.select(table(StaffUpload).c.header)) == []
    words = {each.strip() for each in first.replace("|", ",").replace(";", ",").split(",")} - {"Ward 7"}
    assert anywhere(bringing.world, [], {word: word for word in words if len(word) > 6}) == []
