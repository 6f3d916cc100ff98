"""A zip file from somebody else: every entry is looked at before any is unpacked, and nothing is unpacked to the disk.

What a package may be is small and plain: some hundred text files with plain names. Everything else is refused by name,
so that its maker can put it right.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from app.authoring.packages.names import wrong_name
from app.curriculum.files import MOST_BYTES, MOST_FILES
from app.kernel.errors import RuleBrokenError

MOST_PACKED = 10_000_000
MOST_UNPACKED = 20_000_000
MOST_RATIO, SMALL = 100, 20_000
"""Text shrinks to a tenth. What shrinks to a hundredth, and is not small, was made to burst."""
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1 | 0x40 | 0x2000
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class BadPackageError(RuleBrokenError):
    """The file cannot be taken in. The message names the entry and the remedy; nothing was unpacked."""

    status = 422


def unpacked(file: Path) -> dict[str, bytes]:
    """The package's files by their path in it. Raises BadPackageError for the first thing that is not as it may be."""
    try:
        with file.open("rb") as opened:
            packed = opened.read(MOST_PACKED + 1)
    except OSError as error:
        raise BadPackageError(f"{file} cannot be read: {error.strerror}. Name a package: FILE.zip") from None
    if len(packed) > MOST_PACKED:
        raise BadPackageError(
            f"{file.name} is larger than {MOST_PACKED // 1_000_000} MB. A package holds text only: export it again."
        )
    return dict(_files(file.name, packed))


def _files(name: str, packed: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            entries = archive.infolist()
            _refuse(name, entries)
            for entry in entries:
                if not entry.is_dir():
                    yield entry.filename, _content(name, archive, entry)
    except DAMAGED as error:
        raise _damaged(name) from error


def _damaged(name: str, entry: str = "") -> BadPackageError:
    where = f"{name}: the entry '{entry}'" if entry else name
    return BadPackageError(f"{where} is damaged, or no zip file. Fetch the package again, or export it again.")


def _refuse(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise BadPackageError(f"{name} has {len(entries)} entries. A package has {MOST_FILES} at most.")
    seen: dict[str, str] = {}
    for entry in entries:
        said = wrong_name(entry.orig_filename, seen) or _wrong(entry)
        if said:
            raise BadPackageError(f"{name}: the entry {entry.orig_filename!r} {said} Nothing was taken in.")
    total = sum(entry.file_size for entry in entries)
    if total > MOST_UNPACKED:
        raise BadPackageError(
            f"{name} would unpack to {total / 1_000_000:,.0f} MB. A package holds {MOST_UNPACKED // 1_000_000} MB at "
            f"most. Nothing was taken in."
        )


def _wrong(entry: zipfile.ZipInfo) -> str:
    """What is wrong with the entry itself, as the end of a sentence, and the remedy."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        what = "is a link" if kind == stat.S_IFLNK else "is a device or a pipe"
        return f"{what}. Put the file itself into the package."
    if entry.flag_bits & ENCRYPTED:
        return "is encrypted. Make the package without a password."
    if entry.compress_type not in METHODS:
        return "is packed in a way that is not read here. Pack it as an ordinary zip file."
    return _too_much(entry)


def _too_much(entry: zipfile.ZipInfo) -> str:
    if entry.is_dir():
        return "is a folder with a content. Pack it again." if entry.file_size else ""
    if entry.file_size > MOST_BYTES:
        return f"is larger than {MOST_BYTES // 1000} kB. Split the file, or draw it more simply."
    if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        return f"unpacks to more than {MOST_RATIO} times its size. Look at what is in it."
    return ""


def _content(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(entry) as opened:
            content = opened.read(MOST_BYTES + 1)
    except DAMAGED as error:
        raise _damaged(name, entry.filename) from error
    if len(content) != entry.file_size:
        raise _damaged(name, entry.filename)
    return content
