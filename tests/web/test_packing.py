"""A page packed in pieces unpacks to the very page."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from app.web.packing import Prepared, pack, prepared

PIECES = st.lists(st.tuples(st.booleans(), st.text(max_size=300)), max_size=6)


@given(PIECES)
def test_any_pieces_unpack_to_the_whole(pieces: list[tuple[bool, str]]) -> None:
    whole = "".join(text for _, text in pieces).encode()
    packed = pack([prepared(text) if before else text for before, text in pieces])
    assert gzip.decompress(packed) == whole
    assert zlib.decompressobj(wbits=31).decompress(packed) == whole


def test_a_piece_never_looks_back_beyond_itself() -> None:
    """The same words around the prepared text and in it: what follows must not point across it."""
    said = "The ward measures what matters. " * 200
    assert gzip.decompress(pack([said, prepared(said), said, prepared("x"), said])).decode() == said * 3 + "x" + said


def test_a_prepared_text_is_packed_once() -> None:
    first = prepared("once in a process")
    assert isinstance(first, Prepared)
    assert prepared("once in a process") is first
