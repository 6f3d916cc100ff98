"""Which of a person's posts a row speaks of, and which posts are one after the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.intake.rules.picture import KnownPost
from app.intake.rules.places import TeamRef
from app.intake.rules.rows import StaffRow


@dataclass(frozen=True, slots=True)
class Placed:
    """A row whose words are settled: team, staff group and band as the program has them."""

    row: StaffRow
    team: TeamRef
    place: str
    staff_group: str
    band: str
    is_primary: bool

    def is_over(self, today: date) -> bool:
        return self.row.ends_on is not None and self.row.ends_on <= today


def _same_assignment(post: KnownPost, placed: Placed) -> bool:
    return placed.row.assignment is not None and post.assignment == placed.row.assignment


def _both_main(post: KnownPost, placed: Placed) -> bool:
    return post.is_primary and placed.is_primary


def _same_place(post: KnownPost, placed: Placed) -> bool:
    one_unnumbered = post.assignment is None or placed.row.assignment is None
    return one_unnumbered and post.team_id == placed.team and post.is_primary == placed.is_primary


def matched(posts: Sequence[KnownPost], rows: Iterable[Placed], today: date) -> dict[int, KnownPost]:
    """The post that each row speaks of, by the row's number; rows without one are new posts, or over long ago.

    The assignment number decides. Where it says nothing, the main post is the main post; then the place counts. A row
    that is over ends only a post that could be its own.
    """
    free = list(posts)
    found: dict[int, KnownPost] = {}
    in_order = sorted(rows, key=lambda placed: placed.is_over(today))
    for fits in (_same_assignment, _both_main, _same_place):
        for placed in in_order:
            if placed.row.row not in found:
                post = _best(free, placed, fits, today)
                if post is not None:
                    found[placed.row.row] = post
                    free.remove(post)
    return found


def _best(
    free: list[KnownPost], placed: Placed, fits: Callable[[KnownPost, Placed], bool], today: date
) -> KnownPost | None:
    fitting = [post for post in free if fits(post, placed) and _could_be(post, placed, today)]
    return min(
        fitting,
        key=lambda p: (p.starts_on != placed.row.starts_on, not p.open_on(today), p.starts_on, p.id),
        default=None,
    )


def _could_be(post: KnownPost, placed: Placed, today: date) -> bool:
    if post.ends_on is not None and placed.row.starts_on >= post.ends_on:
        return False
    if not placed.is_over(today) or _same_assignment(post, placed):
        return True
    numbered = post.assignment is not None and placed.row.assignment is not None
    return not numbered and placed.row.ends_on is not None and post.starts_on < placed.row.ends_on


def chain(post: KnownPost, posts: Iterable[KnownPost]) -> list[KnownPost]:
    """The posts that led to this one without a gap, oldest first, and this one: to the staff record they are one."""
    earlier = {p.ends_on: p for p in posts if p.employed and p.is_primary == post.is_primary and p.id != post.id}
    found = [post]
    while found[0].starts_on in earlier:
        before = earlier[found[0].starts_on]
        if before in found:
            break
        found.insert(0, before)
    return found


def followed(post: KnownPost, posts: Iterable[KnownPost]) -> bool:
    """Whether another post begins on the day this one ends: its end is that of a move, not of the staff record."""
    return post.ends_on is not None and any(p.starts_on == post.ends_on and p.id != post.id for p in posts)
