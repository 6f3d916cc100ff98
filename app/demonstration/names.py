"""Invented names, as varied as a trust's staff. Given and family names are drawn apart; nobody real is meant."""

from pathlib import Path
from random import Random

# Names that programs get wrong. The last is exactly one hundred characters long when written in full.
AWKWARD = (
    ("Patrick", "O'Neill"),
    ("Caoimhe", "Ó Súilleabháin"),
    ("Thị Hương", "Nguyễn"),
    ("", "Madhavi"),
    ("Anne-Marie", "D’Souza-Fernández"),
    ("Wilhelmina Anastasia Konstantina", "Featherstonehaughs-Papadopoulou-Montgomery-Vasilakopoulos-Llewellyn"),
)


def _pool(kind: str) -> list[str]:
    text = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8")
    return text.split(f"{kind}:")[1].split("\n\n")[0].split()


class Names:
    """Hands out pairs of given and family name, the awkward ones first; none twice unless there may be `namesakes`."""

    def __init__(self, random: Random, *, namesakes: bool = False) -> None:
        self._random, self._namesakes = random, namesakes
        self._given, self._family = _pool("given"), _pool("family")
        self._used: set[tuple[str, str]] = set()
        self._awkward = list(AWKWARD)

    @property
    def has_awkward(self) -> bool:
        return bool(self._awkward)

    def awkward(self) -> tuple[str, str]:
        return self._awkward.pop(0)

    def next(self) -> tuple[str, str]:
        while True:
            pair = (self._random.choice(self._given), self._random.choice(self._family))
            if self._namesakes or pair not in self._used:
                self._used.add(pair)
                return pair
