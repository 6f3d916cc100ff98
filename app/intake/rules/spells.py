"""Whether the posts of one person can stand side by side as a plan leaves them."""

from collections.abc import Iterable
from datetime import date

from app.intake.rules.asking import PersonError
from app.intake.rules.columns import Column
from app.intake.rules.lines import Line
from app.intake.rules.picture import KnownPost
from app.organisation.rules import overlap

Spell = tuple[date, date | None]


def check_spells(posts: Iterable[KnownPost], lines: Iterable[Line]) -> None:
    """Each post ends after it begins, and on any day one at most is the main one. Raises PersonError."""
    ends = {ending.post_id: ending.on for line in lines for ending in line.ended}
    puts = {line.put.post_id: line.put.post for line in lines if line.put}
    begun = [line.begun for line in lines if line.begun]
    main: list[Spell] = [
        (puts[p.id].starts_on, puts[p.id].ends_on) if p.id in puts else (p.starts_on, ends.get(p.id, p.ends_on))
        for p in posts
        if (puts[p.id].is_primary if p.id in puts else p.is_primary)
    ]
    main += [(post.starts_on, post.ends_on) for post in begun if post.is_primary]
    spells = [*main, *((p.starts_on, p.ends_on) for p in (*begun, *puts.values()))]
    if any(end is not None and end <= start for start, end in spells):
        raise PersonError(Column.END, "Their post would end before it begins. Check start and end")
    for number, one in enumerate(main):
        if any(overlap(one, other) for other in main[number + 1 :]):
            raise PersonError(
                Column.START, "They would have two main posts on one day. Check the dates, or give both rows"
            )
