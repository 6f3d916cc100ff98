"""A spreadsheet's sheets, texts and formats: what a sheet's cells lean on."""

from dataclasses import dataclass
from xml.parsers import expat

from app.intake.reading.archive import SAVE_AGAIN, Archive, Attributes, local
from app.intake.reading.dates import BUILT_IN, is_date_format
from app.intake.reading.naming import listed
from app.intake.reading.shape import RefusedFileError
from app.intake.reading.xlsx_text import written

WRONG_KINDS = {
    "xl/workbook.bin": "a binary spreadsheet (.xlsb)",
    "content.xml": "an OpenDocument file",
    "word/document.xml": "a text document",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """`texts` are the shared texts by number; `dates` are the numbers of the cell styles that show a day or a time."""

    sheets: tuple[Sheet, ...]
    texts: tuple[str, ...]
    dates: frozenset[str]
    from_1904: bool
    has_macros: bool

    def chosen(self, wanted: str | None, name: str) -> Sheet:
        """The named sheet, or the first that can be seen."""
        if wanted is None:
            return next((sheet for sheet in self.sheets if not sheet.hidden), self.sheets[0])
        for sheet in self.sheets:
            if sheet.name == wanted:
                return sheet
        there = listed([f"“{sheet.name}”" for sheet in self.sheets])
        raise RefusedFileError(f"{name} has no sheet “{wanted}”. Choose one that it has: {there}.")


def read_workbook(archive: Archive) -> Workbook:
    """Raises RefusedFileError for what is no spreadsheet of the .xlsx kind."""
    begin = next((part for kind, part in archive.relations("").values() if kind == "officeDocument"), "xl/workbook.xml")
    for part, what in WRONG_KINDS.items():
        if part in archive.parts:
            raise RefusedFileError(f"{archive.name} is {what}, not an .xlsx file. {SAVE_AGAIN}")
    if begin not in archive.parts:
        raise RefusedFileError(f"{archive.name} is an archive without a spreadsheet in it. {SAVE_AGAIN}")
    relations = archive.relations(begin)
    by_kind = dict(relations.values())
    sheets, from_1904 = _sheets(archive, begin, relations)
    return Workbook(
        sheets,
        _texts(archive, by_kind.get("sharedStrings")),
        _dates(archive, by_kind.get("styles")),
        from_1904,
        "vbaProject" in by_kind,
    )


def _sheets(archive: Archive, part: str, relations: dict[str, tuple[str, str]]) -> tuple[tuple[Sheet, ...], bool]:
    sheets: list[Sheet] = []
    properties: Attributes = {}

    def take(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            properties.update(attributes)
        elif tag == "sheet":
            told = next((value for key, value in attributes.items() if local(key) == "id" and ":" in key), "")
            kind, where = relations.get(told, ("", ""))
            if kind == "worksheet" and where in archive.parts:
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(Sheet(written(attributes.get("name", "")), where, hidden))

    archive.elements(part, take)
    if not sheets:
        raise archive.broken()
    return tuple(sheets), properties.get("date1904", "0") in {"1", "true"}


def _texts(archive: Archive, part: str | None) -> tuple[str, ...]:
    if part is None or part not in archive.parts:
        return ()
    reader = _Texts()
    archive.parse(part, reader.parser())
    return tuple(reader.texts)


class _Texts:
    """Shared texts: runs of different looks are one text, readings for pronunciation are none."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._taking = False
        self._reading_aid = False

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _start(self, tag: str, _: Attributes) -> None:
        tag = local(tag) if ":" in tag else tag
        if tag == "t":
            self._taking = not self._reading_aid
        elif tag == "rPh":
            self._reading_aid = True

    def _characters(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        tag = local(tag) if ":" in tag else tag
        if tag == "t":
            self._taking = False
        elif tag == "rPh":
            self._reading_aid = False
        elif tag == "si":
            self.texts.append(written("".join(self._pieces)))
            self._pieces.clear()


def _dates(archive: Archive, part: str | None) -> frozenset[str]:
    if part is None or part not in archive.parts:
        return frozenset()
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = ""

    def take(tag: str, attributes: Attributes) -> None:
        nonlocal inside
        if tag in {"cellXfs", "cellStyleXfs", "dxfs", "cellStyles"}:
            inside = tag
        elif tag == "numFmt" and inside != "dxfs":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            formats.append(attributes.get("numFmtId", "0"))

    archive.elements(part, take)
    shows = {code for code in set(formats) if _shows_date(code, codes)}
    return frozenset(str(index) for index, code in enumerate(formats) if code in shows)


def _shows_date(code: str, codes: dict[str, str]) -> bool:
    if code in codes:
        return is_date_format(codes[code])
    return code.isdecimal() and int(code) in BUILT_IN
