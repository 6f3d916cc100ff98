"""A page packed in pieces: what was prepared at load is packed once in a process, the rest at each request.

A gzip stream may be put together from pieces (RFC 1951 §3.2.3, RFC 1952 §2.3): each is a run of deflate blocks that
ends on a byte and looks back at nothing before it, and the checksum at the end is that of the whole text.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
RAW_DEFLATE = -13
QUICK = 2
SMALLEST = 9


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text that many pages share: as it is, and as deflate blocks that another piece may follow."""

    plain: bytes
    packed: bytes


@lru_cache(maxsize=200)
def prepared(text: str) -> Prepared:
    """Packed as small as it goes, which takes long: the texts are few and never change."""
    plain = text.encode()
    packer = zlib.compressobj(SMALLEST, wbits=RAW_DEFLATE)
    return Prepared(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def pack(pieces: Sequence[str | Prepared]) -> bytes:
    """The pieces in their order as one gzip stream."""
    packer = zlib.compressobj(QUICK, wbits=RAW_DEFLATE, memLevel=6)
    stream, checksum, size = [GZIP_HEAD], 0, 0
    for piece in pieces:
        plain = piece.plain if isinstance(piece, Prepared) else piece.encode()
        if isinstance(piece, Prepared):
            stream += packer.flush(zlib.Z_FULL_FLUSH), piece.packed
        else:
            stream.append(packer.compress(plain))
        checksum, size = zlib.crc32(plain, checksum), size + len(plain)
    stream.append(packer.flush())
    return b"".join(stream) + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")
