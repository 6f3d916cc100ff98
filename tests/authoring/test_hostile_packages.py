"""Whatever somebody puts into a zip file: it is refused by name before a byte of it is on the disk."""

import stat
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.authoring.shelves import Qi, contents, entries, package_of, zipped
from tests.curriculum.guide import Folder

Archive = zipfile.ZipFile


def _named(name: str, content: bytes = b"words\n") -> Callable[[Archive], None]:
    def add(archive: Archive) -> None:
        entry = zipfile.ZipInfo("x")
        entry.filename = entry.orig_filename = name
        archive.writestr(entry, content)

    return add


def _of_kind(kind: int) -> Callable[[Archive], None]:
    def add(archive: Archive) -> None:
        entry = zipfile.ZipInfo("tea-round/more.md")
        entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")

    return add


def _packed(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Callable[[Archive], None]:
    return lambda archive: archive.writestr(name, content, method)


def _many(archive: Archive) -> None:
    for number in range(401):
        archive.writestr(f"tea-round/more-{number}.md", "words")


def _much(archive: Archive) -> None:
    text = "\n".join(f"{number} cups" for number in range(36_000))
    for number in range(60):
        archive.writestr(f"tea-round/more-{number}.md", text, zipfile.ZIP_DEFLATED)


HOSTILE: dict[str, tuple[Callable[[Archive], None], str]] = {
    "out of the folder": (_named("tea-round/../../evil.md"), "leads out of its folder"),
    "out at once": (_named("../evil.md"), "leads out of its folder"),
    "a dot": (_named("tea-round/./evil.md"), "leads out of its folder"),
    "nothing between": (_named("tea-round//evil.md"), "leads out of its folder"),
    "the top of the disk": (_named("/etc/cron.d/evil.md"), "begins at the top of a disk"),
    "a drive": (_named("C:evil.md"), "begins at the top of a disk"),
    "a drive and a path": (_named("C:/evil.md"), "begins at the top of a disk"),
    "a backslash": (_named("tea-round\\..\\evil.md"), "has a backslash"),
    "a NUL": (_named("tea-round/evil.md\x00.svg"), "unprintable character"),
    "a line break": (_named("tea-round/evil\n.md"), "unprintable character"),
    "a direction": (_named("tea-round/evil\u202edm."), "unprintable character"),
    "a link": (_of_kind(stat.S_IFLNK), "is a link"),
    "a device": (_of_kind(stat.S_IFCHR), "is a device or a pipe"),
    "a pipe": (_of_kind(stat.S_IFIFO), "is a device or a pipe"),
    "capital letters": (_named("tea-round/COURSE.yaml"), "only in capital letters"),
    "a folder in capital letters": (_named("tea-round/Figures/more.svg"), "only in capital letters"),
    "the same name": (_named("tea-round/course.yaml"), "is there twice"),
    "a file that is a folder": (_named("tea-round/course.yaml/more.md"), "is in a folder that is a file"),
    "a hidden file": (_named("tea-round/.profile.md"), "is hidden"),
    "a hidden folder": (_named(".ssh/keys.md"), "is hidden"),
    "a program": (_named("tea-round/run.py"), "is no file of a course"),
    "a pickle": (_named("tea-round/course.pickle"), "is no file of a course"),
    "a page": (_named("tea-round/page.html"), "is no file of a course"),
    "no ending": (_named("tea-round/makefile"), "is no file of a course"),
    "an archive": (_named("tea-round/more.zip"), "is an archive within the archive"),
    "a packed archive": (_named("tea-round/more.tar.gz"), "is an archive within the archive"),
    "a strange name": (_named("tea-round/téa.md"), "has a name that is not used here"),
    "a long name": (_named(f"tea-round/{'x' * 300}.md"), "more than 200 characters"),
    "outside the course": (_named("other/course.yaml"), "lies outside the folder tea-round/"),
    "too many": (_many, "A package has 400 at most"),
    "too much": (_much, "would unpack to 23 MB"),
    "too large": (_packed("tea-round/more.md", b"words\n" * 70_000), "is larger than 400 kB"),
    "a bomb": (_packed("tea-round/more.md", b"\0" * 390_000), "more than 100 times its size"),
    "another packing": (_packed("tea-round/more.md", b"words", zipfile.ZIP_BZIP2), "is packed in a way"),
    "a folder with a content": (_named("tea-round/more/", b"words"), "is a folder with a content"),
}


@pytest.fixture
def package(qi: Qi, folder: Folder) -> Path:
    return package_of(qi, folder)


def refusal(qi: Qi, other: Folder, file: Path) -> str:
    """What is said; nothing else has happened."""
    before = contents(other.path.parent)
    result = qi(other, "import", str(file))
    assert result.exit_code == 1, result.output
    assert contents(other.path.parent) == before
    assert "Traceback" not in result.output
    return result.output.replace("\n", " ")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(("spoil", "said"), HOSTILE.values(), ids=list(HOSTILE))
def test_it_is_refused_by_name(
    qi: Qi, package: Path, other: Folder, spoil: Callable[[Archive], None], said: str
) -> None:
    with zipfile.ZipFile(package, "a") as archive:
        spoil(archive)
    assert said in refusal(qi, other, package)


@pytest.mark.parametrize("flag", [0x1, 0x40])
def test_what_is_encrypted_is_refused(qi: Qi, package: Path, other: Folder, flag: int) -> None:
    content = bytearray(package.read_bytes())
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    content[at + 8] |= flag
    package.write_bytes(content)
    assert "is encrypted" in refusal(qi, other, package)


def test_a_size_that_is_a_lie_is_found_out(qi: Qi, package: Path, other: Folder) -> None:
    content = bytearray(package.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    package.write_bytes(content)
    assert "is damaged" in refusal(qi, other, package)


def test_a_package_that_is_damaged_anywhere_is_refused_or_is_whole(qi: Qi, package: Path, other: Folder) -> None:
    whole = package.read_bytes()
    for at in range(0, len(whole), 211):
        package.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        result = qi(other, "import", str(package))
        assert result.exit_code in {0, 1}
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        if result.exit_code == 0:
            kept = {f"tea-round/{name}": content for name, content in contents(other / "tea-round").items()}
            assert kept.items() <= entries_of(whole).items()
            break


def entries_of(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no zip file"),
        (b"PK\x03\x04 and then nothing", "no zip file"),
        (b"x" * 10_000_001, "larger than 10 MB"),
        (zipped({}), "has no package.yaml"),
        (zipped({"tea-round/course.yaml": b"slug: tea-round"}), "has no package.yaml"),
        (zipped({"package.yaml": b"\xff\xfe"}), "is not UTF-8 text"),
        (zipped({"package.yaml": b"a: &a [*a]"}), "& and * are not used"),
        (zipped({"package.yaml": b"[" * 5000}), "lists within lists"),
        (zipped({"package.yaml": b"slug: tea"}), "'edition' is missing"),
    ],
)
def test_what_is_no_package_is_refused(qi: Qi, tmp_path: Path, other: Folder, content: bytes, said: str) -> None:
    (tmp_path / "it.zip").write_bytes(content)
    assert said in refusal(qi, other, tmp_path / "it.zip")


def test_a_file_that_is_not_there_and_a_folder_are_refused(qi: Qi, tmp_path: Path, other: Folder) -> None:
    assert "cannot be read: No such file" in refusal(qi, other, tmp_path / "nowhere.zip")
    assert "cannot be read: Is a directory" in refusal(qi, other, tmp_path)


def test_a_package_made_by_hand_with_folders_named_is_taken_in(qi: Qi, package: Path, other: Folder) -> None:
    files = entries(package)
    with zipfile.ZipFile(package, "w") as archive:
        for name in ("tea-round/", "tea-round/figures/"):
            archive.mkdir(name.removesuffix("/"))
        for name, content in files.items():
            archive.writestr(name, content)
    assert qi(other, "import", str(package)).exit_code == 0
