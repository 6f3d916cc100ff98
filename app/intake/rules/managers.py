"""Who answers for whom: every manager is somebody, and nobody is their own manager by way of others."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from app.intake.rules.picture import KnownPerson, KnownPost, Picture


def loops(manager_of: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every ring of people who manage each other, each told once and from its smallest number on.

    In a ring everybody manages somebody: there is no need to begin with those who do not.
    """
    settled: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in dict.fromkeys(manager_of.values()):
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = len(path)
            at = manager_of.get(at)
        if at is not None and at in path:
            ring = list(path)[path[at] :]
            first = ring.index(min(ring))
            found.append((*ring[first:], *ring[:first]))
        settled.update(path)
    return found


def with_those_who_are_here(
    asked: Iterable[tuple[str, str]],
    picture: Picture,
    spoken_of: Collection[str],
    leaves: Callable[[KnownPerson], bool],
) -> dict[str, str]:
    """The file's managers, and for people of whom it says nothing, and who stay, those that are known today."""
    found = dict(asked)
    for person in picture.people.values():
        post = _main(person, picture.today)
        manager = picture.people.get(post.manager_id) if post and post.manager_id else None
        above = _main(manager, picture.today) if manager else None
        if not (post and post.number and above and above.number):
            continue
        if post.number not in spoken_of and not leaves(person):
            found[post.number] = above.number
    return found


def _main(person: KnownPerson, today: date) -> KnownPost | None:
    return next((post for post in person.posts if post.number and post.is_primary and post.open_on(today)), None)
