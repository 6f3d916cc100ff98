"""A table between its reading and its import: kept packed, with nothing in it but the columns that are used."""

import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from app.intake.reading.shape import CellKind, Row, Table

_LETTERS = {kind: kind.value[0] if kind is not CellKind.ERROR else "!" for kind in CellKind}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}

_INSURANCE = re.compile(r"\s*[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]\s*")
NOT_KEPT = "(National Insurance number, not kept)"
Corrections = Mapping[int, Mapping[str, str]]
"""By row: what a person wrote instead, by the column's name."""


def packed(table: Table, used: Collection[str]) -> bytes:
    """Nothing of a column that is not used, and no National Insurance number that has strayed into one that is.

    Lines of JSON, the header's first: they are written and read one at a time, so that no table stands there twice.
    """
    at = [index for index, name in enumerate(table.columns) if name in used]
    packer = zlib.compressobj(3)
    lines = chain(([table.source, table.columns, at],), (_packed_row(row, at) for row in table.rows))
    written = b"".join(packer.compress(json.dumps(line, ensure_ascii=False).encode() + b"\n") for line in lines)
    return written + packer.flush()


def _packed_row(row: Row, at: Sequence[int]) -> list[object]:
    letters = "".join(_LETTERS[row.kinds[index]] for index in at)
    return [row.number, letters, *(NOT_KEPT if _INSURANCE.fullmatch(row.cells[i]) else row.cells[i] for i in at)]


def unpacked(content: bytes, corrected: Corrections, remarks: tuple[str, ...] = ()) -> Table:
    """The table as it was, corrected; a cell of a column that was not kept is empty."""
    lines = _lines(content)
    source, header, at = next(lines)
    columns = tuple(header)
    texts: dict[str, str] = {}
    kinds: dict[tuple[CellKind, ...], tuple[CellKind, ...]] = {}

    def restored(number: int, letters: str, cells: Iterable[str]) -> Row:
        full, told = [""] * len(columns), [CellKind.EMPTY] * len(columns)
        for index, letter, cell in zip(at, letters, cells, strict=True):
            full[index], told[index] = texts.setdefault(cell, cell), _KINDS[letter]
        for name, text in corrected.get(number, {}).items():
            full[columns.index(name)], told[columns.index(name)] = text, CellKind.TEXT
        whole = tuple(told)
        return Row(number, tuple(full), kinds.setdefault(whole, whole))

    restored_rows = tuple(restored(number, letters, cells) for number, letters, *cells in lines)
    return Table(source, columns, restored_rows, remarks, ())


def rows_kept(content: bytes, corrected: Corrections) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row's number and what was kept of it, corrected, by the columns' names; one row at a time."""
    lines = _lines(content)
    _, header, at = next(lines)
    names = [header[index] for index in at]
    for number, _, *cells in lines:
        yield number, dict(zip(names, cells, strict=True)) | dict(corrected.get(number, {}))


def _lines(content: bytes) -> Iterator[Any]:
    return map(json.loads, BytesIO(zlib.decompress(content)))
