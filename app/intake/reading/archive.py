"""The archive that a spreadsheet is: opened without trust, and its parts read as XML without entities."""

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from xml.parsers import expat

from app.intake.reading import limits
from app.intake.reading.shape import RefusedFileError

SAVE_AGAIN = "Open it in a spreadsheet program, save it as .xlsx or CSV and bring that file."
_ENTRY = b"PK\x01\x02"
_BLOCK = 1024 * 1024

Attributes = dict[str, str]


class Archive:
    """The parts of one spreadsheet. Nothing is ever unpacked to a place that a part's name asks for."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        _count_entries(content, name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
            raise self.broken() from None
        try:
            self._check()
        except RefusedFileError:
            self.close()
            raise

    def close(self) -> None:
        self._zip.close()

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def broken(self) -> RefusedFileError:
        return RefusedFileError(f"{self.name} is broken: it cannot be read as a spreadsheet. {SAVE_AGAIN}")

    def _check(self) -> None:
        entries = self._zip.infolist()
        if any(count > 1 for count in Counter(entry.filename for entry in entries).values()):
            raise self.broken()
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise RefusedFileError(f"{self.name} is locked with a password. Save it without one and bring that file.")
        if any(entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for entry in entries):
            raise self.broken()
        if sum(entry.file_size for entry in entries) > limits.LARGEST_IN_ALL:
            raise self._too_large()
        for entry in entries:
            ratio = entry.file_size / max(entry.compress_size, 1)
            if entry.file_size > limits.RATIO_MATTERS_FROM and ratio > limits.LARGEST_RATIO:
                raise self._too_large()

    def _too_large(self) -> RefusedFileError:
        return RefusedFileError(
            f"{self.name} unpacks to far more than a staff list holds. Copy the rows with people in them into a new "
            f"spreadsheet, or save the sheet as CSV, and bring that file."
        )

    def parse(self, part: str, parser: expat.XMLParserType) -> None:
        for _ in self.parsing(part, parser, limits.LARGEST_PART):
            pass

    def parsing(self, part: str, parser: expat.XMLParserType, most: int) -> Iterator[None]:
        """Feed the part to the parser, and stop after each block of it so that what was found can be taken away.

        Raises RefusedFileError: entities are refused with the document type that declares them.
        """
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        fed = 0
        try:
            if self._zip.getinfo(part).file_size > most:
                raise self._too_large()
            with self._zip.open(part) as file:
                while block := file.read(_BLOCK):
                    parser.Parse(block, False)
                    fed += len(block)
                    if fed - parser.CurrentByteIndex > limits.LONGEST_TAG:
                        raise self.broken()
                    yield
                parser.Parse(b"", True)
                yield
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError, OSError):
            raise self.broken() from None

    def _refuse_document_type(self, *_: object) -> None:
        raise self.broken()

    def elements(self, part: str, taken: Callable[[str, Attributes], None]) -> None:
        """Call `taken` with the local name and the attributes of every element of a part, in their order."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, attributes: taken(local(tag), attributes)
        self.parse(part, parser)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part leads to: by id, the last word of the relation's type and the other part's name.

        What lies outside of the file is left out: it is never asked for.
        """
        folder, file = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def take(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, target.lstrip("/"))

        beside = posixpath.join(folder, "_rels", f"{file}.rels")
        if beside in self.parts:
            self.elements(beside, take)
        return found


def local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _count_entries(content: bytes, name: str) -> None:
    """Before the archive's own list is believed: reading a list of a million entries takes a gigabyte."""
    count = content.count(_ENTRY)
    if count > limits.MOST_PARTS:
        raise RefusedFileError(f"{name} has {count:,} parts, which no staff list has. {SAVE_AGAIN}")
