"""Which passwords are refused: too short, on the lists that attackers try first, or built on a word about you."""

import gzip
import unicodedata
from functools import cache
from pathlib import Path

from app.kernel.names import folded

SHORTEST, LONGEST = 8, 128
LISTED = Path(__file__).with_name("common_passwords.txt.gz")
OUR_WORDS = ("improvement", "quality", "password")
SHORTEST_WORD = 3
SMALL_WORDS = {"and", "for", "nhs", "the"}
_TAILS = "0123456789!?.,*#$%&@+-_= "


@cache
def common() -> frozenset[str]:
    """42,692 passwords of six characters and more; source and licence: common_passwords.LICENSE.txt."""
    return frozenset(gzip.decompress(LISTED.read_bytes()).decode().splitlines())


def problem_with(password: str, about: tuple[str, ...] = ()) -> str:
    """What is wrong with a new password, in a sentence that says what to do; empty when nothing is.

    `about`: the trust's name, the person's own name and sign-in name. A long password may mention them; one that is
    little else may not.
    """
    if len(password) < SHORTEST:
        return f"Your password must be {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Your password must be {LONGEST} characters or fewer"
    plain = password.casefold()
    if plain in common() or plain.strip(_TAILS) in common() or len(set(plain)) <= SHORTEST // 3:
        return "Attackers try this password first. Choose another: three words that do not belong together are good"
    rest = _without(plain, about)
    if rest != _bare(plain) and sum(c.isalnum() for c in rest) < SHORTEST:
        return "Do not build your password on your name, your sign-in name, the trust’s name or a word like improvement"
    return ""


def _without(plain: str, about: tuple[str, ...]) -> str:
    """What is left of a password without the words that anybody could guess."""
    words = {w for text in (*OUR_WORDS, *about) for w in folded(text).split() if len(w) >= SHORTEST_WORD}
    rest = _bare(plain)
    for word in sorted(words - SMALL_WORDS, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest


def _bare(text: str) -> str:
    """Without accents, but with everything else that was typed."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
