"""How old a reader has to be for a text, measured: Flesch–Kincaid grade plus five.

Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel.
Naval Technical Training Command, 1975. A grade of the formula is an American school year, begun at five and a half.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_SENTENCE = re.compile(r"[.!?]+[\"'”’)]*\s+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
_GROUPS = re.compile(r"[aeiouyáéíóúàèìòùäëïöü]+")
_TWO_SOUNDS = re.compile(
    r"(?<![ct])ia(?!n\b|ge|r)|(?<=[ct])iat|io(?!u|n)|(?<![ctgx])iou|(?<![ctf])ie(?=nt|nc|t)|(?<!q)ua(?=l|t)"
    r"|eo(?!u)|ao|uou|ea(?=te)|[aeiou]ing$"
)
_SILENT_INSIDE = re.compile(r"[aeiouy][^aeiouy]*[^aeiouyl]e(?=(ly|ty|ful|fully|ment|ments|less|lessly)$)")
_SILENT_END = re.compile(
    r"[^aeiouyl]e$|[aeiou]le$|([^aeiouytdl]|[aeiouyl]l)ed$|([^aeiouyscxzghl]|[^sc]h|[aeiouyl]l)es$"
)
_KNOWN = {
    "people": 2, "idea": 3, "ideas": 3, "area": 3, "areas": 3, "being": 2, "somewhere": 2, "something": 2, "every": 2,
    "everything": 3, "everybody": 4, "everyone": 3, "business": 2, "evening": 2, "evenings": 2, "sometimes": 2,
    "someone": 2, "somebody": 3, "create": 2, "created": 3, "quiet": 2, "science": 2, "therefore": 2, "dialysis": 4,
}  # fmt: skip
FEW_WORDS = 100
SHORT_SENTENCE = 8
"""In a sentence of fewer words one long name decides everything."""


def sentences(passage: str) -> Iterator[tuple[str, int]]:
    """Each sentence of a passage, and how many words it has."""
    for sentence in _SENTENCE.split(passage):
        if count := len(_WORD.findall(sentence)):
            yield sentence.strip(), count


def hardest(passages: Iterable[str], how_many: int) -> list[str]:
    """The sentences that raise the reading age most, the hardest first."""
    found = (sentence for passage in passages for sentence, words in sentences(passage) if words >= SHORT_SENTENCE)
    return sorted(found, key=_age_of, reverse=True)[:how_many]


def _age_of(sentence: str) -> float:
    words = _WORD.findall(sentence)
    return 0.39 * len(words) + 11.8 * sum(syllables(word) for word in words) / len(words)


def reading_age(passages: Iterable[str]) -> float | None:
    """In years. None for fewer than a hundred words, of which nothing can be said."""
    words = sentences = sounds = 0
    for passage in passages:
        for sentence in _SENTENCE.split(passage):
            found = _WORD.findall(sentence)
            words += len(found)
            sounds += sum(syllables(word) for word in found)
            sentences += bool(found)
    if words < FEW_WORDS:
        return None
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59 + 5


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many sounds a word has, by its groups of vowels and the usual silent endings."""
    letters = re.sub(r"['’](s|t|d|ll|re|ve|m)$", "", word.casefold())
    if letters in _KNOWN:
        return _KNOWN[letters]
    count = len(_GROUPS.findall(letters)) + len(_TWO_SOUNDS.findall(letters))
    count -= bool(_SILENT_END.search(letters)) + bool(_SILENT_INSIDE.search(letters))
    return max(count, 1)
