"""Names as people write them, and a folded key by which they can be found."""

import unicodedata

# Joiners that some scripts need inside a word; every other invisible mark can make one name look like another.
_JOINERS = {"\u200c", "\u200d"}

# Letters that Unicode does not take apart, as people without them on their keyboard type them.
_PLAIN = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})

# What the long way makes of ASCII: capitals small, quotation marks gone, everything else that is no letter a space.
_ASCII = {ord(c): " " for c in map(chr, range(128)) if not c.isalnum()} | {ord("'"): None, ord("`"): None}


def tidy(text: str) -> str:
    """NFC, one line, single spaces, no control or direction characters. The spelling stays the person's own."""
    if text.isascii() and text.isprintable():  # as most text is: a staff file asks a million times
        return " ".join(text.split())
    kept = "".join(_visible(c) for c in text)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _visible(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc":
        return " "
    return "" if kind in {"Cf", "Cs"} and character not in _JOINERS else character


def folded(text: str) -> str:
    """A key that finds O’Neill by oneill and Nguyễn by nguyen, the same on every database."""
    if text.isascii():  # as most names are: a staff file asks a hundred thousand times
        return " ".join(tidy(text).lower().translate(_ASCII).split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", tidy(text)).casefold())
    letters = (c for c in decomposed.translate(_PLAIN) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters if c not in "'’‘`").split())
