"""Who answers for whom: every manager is somebody, and nobody is their own manager by way of others."""

from collections.abc import Collection, Mapping

from app.intake.rules.picture import Picture


def loops(manager_of: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Every ring of people who manage each other, each told once and from its smallest number on."""
    settled: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in manager_of:
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
    manager_of: Mapping[str, str], picture: Picture, spoken_of: Collection[str]
) -> dict[str, str]:
    """The file's managers, and for people of whom it says nothing those that are known today."""
    number_of = {
        person.id: post.number
        for person in picture.people.values()
        for post in person.posts
        if post.number and post.is_primary and post.open_on(picture.today)
    }
    known = {
        number_of[person.id]: number_of[post.manager_id]
        for person in picture.people.values()
        for post in person.posts
        if post.is_primary and post.open_on(picture.today) and person.id in number_of and post.manager_id in number_of
    }
    return {n: str(m) for n, m in known.items() if n and n not in spoken_of} | dict(manager_of)
