"""Places in a file, named as a person finds them."""

from collections.abc import Iterable, Iterator, Sequence

MOST_NAMED = 6


def columns_letter(index: int) -> str:
    """The letter of the column at `index` (from 0): 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def listed(names: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and 30 more'."""
    shown = list(names)
    if len(names) > MOST_NAMED + 1:
        shown = shown[:MOST_NAMED]
        shown.append(f"{len(names) - len(shown):,} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def rows_named(numbers: Sequence[int], verb: str = "") -> str:
    """'Row 12', 'Rows 12, 13 and 20 to 25'. With `verb` "is" or "has", also the right form of it."""
    one = len(numbers) == 1
    words = f"{'Row' if one else 'Rows'} {listed(list(_runs(numbers)))}"
    forms = {"is": "are", "has": "have"}
    return f"{words} {verb if one else forms[verb]}" if verb else words


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Three and more in a row are one: 20 to 25."""
    run: list[int] = []
    for number in [*numbers, None]:
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        if len(run) > 2:  # noqa: PLR2004 - two are as short one by one
            yield f"{run[0]:,} to {run[-1]:,}"
        else:
            yield from (f"{each:,}" for each in run)
        run = [] if number is None else [number]
