"""What speaks for two records being one person, and what against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.intake.rules.merging import Spell, days_in_both
from app.kernel.names import folded

SOON_AFTER = timedelta(days=31)
"""One post began so soon after the other ended that it may be the next one."""


@dataclass(frozen=True, slots=True)
class KnownPost:
    number: str | None
    team_id: int
    team: str
    directorate: str
    job_role: str
    staff_group: str
    manager_id: int | None
    sponsor_id: int | None
    is_primary: bool
    starts_on: date
    ends_on: date | None

    @property
    def spell(self) -> Spell:
        return self.starts_on, self.ends_on

    @property
    def what(self) -> tuple[int, str]:
        return self.team_id, folded(self.job_role)


@dataclass(frozen=True, slots=True)
class Record:
    """One of the two, as far as it tells them apart. `signed_in` are days in order."""

    person_id: int
    name: str
    list_name: str
    address: str | None
    username: str | None
    posts: tuple[KnownPost, ...]
    signed_in: tuple[date, ...]

    @property
    def main(self) -> tuple[KnownPost, ...]:
        return tuple(post for post in self.posts if post.is_primary)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that speaks for or against, in words, with the days that it is about."""

    words: str
    days: tuple[date, ...] = ()
    until: date | None = None


def speaks_for(one: Record, other: Record) -> tuple[Said, ...]:
    found: list[Said] = []
    numbers = {p.number for p in one.posts if p.number} & {p.number for p in other.posts if p.number}
    found += [Said(f"The same employee number: {number}") for number in sorted(numbers)]
    if _same_address(one, other):
        found.append(Said("The same address: one signs in with the e-mail address of the other"))
    elif _same_box(one, other):
        found.append(Said("Their addresses differ only in what follows the @"))
    if folded(one.list_name) == folded(other.list_name):
        found.append(Said("The same name"))
    found += [Said(words) for words in _alike(one, other)]
    found += _one_after_the_other(one, other)
    return tuple(found)


def _same_address(one: Record, other: Record) -> bool:
    return any(a is not None and a == b for a, b in ((one.username, other.address), (other.username, one.address)))


def _same_box(one: Record, other: Record) -> bool:
    boxes = [record.address.partition("@")[0] if record.address else "" for record in (one, other)]
    return bool(boxes[0]) and boxes[0] == boxes[1]


def _alike(one: Record, other: Record) -> Iterator[str]:
    teams = {
        p.team_id: f"{p.team}, {p.directorate}" for p in one.posts if p.team_id in {q.team_id for q in other.posts}
    }
    if teams:
        yield f"The same team: {'; '.join(teams.values())}"
    roles = _shared([p.job_role for p in one.posts], [p.job_role for p in other.posts])
    if roles:
        yield f"The same job role: {'; '.join(roles)}"
    if {p.manager_id for p in one.posts if p.manager_id} & {p.manager_id for p in other.posts if p.manager_id}:
        yield "The same manager"


def _shared(one: Sequence[str], other: Sequence[str]) -> list[str]:
    known = {folded(words) for words in other}
    return list({folded(words): words for words in one if folded(words) in known}.values())


def _one_after_the_other(one: Record, other: Record) -> Iterator[Said]:
    for first, second in ((one, other), (other, one)):
        if not first.main or not second.main or any(p.ends_on is None for p in first.main):
            continue
        ended = max(p.ends_on for p in first.main if p.ends_on)
        began = min(p.starts_on for p in second.main)
        if ended <= began <= ended + SOON_AFTER:
            yield Said("One’s post begins when the other’s has ended", (began,))


def speaks_against(one: Record, other: Record) -> tuple[Said, ...]:
    found: list[Said] = []
    if folded(one.list_name) != folded(other.list_name):
        found.append(Said(f"Their names differ: {one.name}; {other.name}"))
    apart = [
        (start, end, f"{a.job_role}, {a.team}; {b.job_role}, {b.team}")
        for a in one.main
        for b in other.main
        for start, end in days_in_both([a.spell], [b.spell])
        if a.what != b.what
    ]
    if apart:
        start, end, posts = max(apart, key=lambda found: found[0])
        found.append(Said(f"Both worked on the same days in different main posts ({posts})", (start,), end))
    groups = [{p.staff_group for p in record.posts} for record in (one, other)]
    if all(groups) and not groups[0] & groups[1]:
        found.append(Said(f"Different staff groups: {', '.join(sorted(groups[0]))}; {', '.join(sorted(groups[1]))}"))
    if week := _same_week(one, other):
        found.append(Said("Both signed in during one week", (week,)))
    if _answers_for(one, other) or _answers_for(other, one):
        found.append(Said("One is the other’s manager or sponsor"))
    return tuple(found)


def _same_week(one: Record, other: Record) -> date | None:
    """The Monday of the last week in which both signed in."""
    weeks = [{day - timedelta(days=day.weekday()) for day in record.signed_in} for record in (one, other)]
    return max(weeks[0] & weeks[1], default=None)


def _answers_for(one: Record, other: Record) -> bool:
    return any(one.person_id in {post.manager_id, post.sponsor_id} for post in other.posts)
