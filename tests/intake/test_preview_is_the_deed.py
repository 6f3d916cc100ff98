"""Whatever the files say, what the preview showed is what is done: line by line, and nothing besides."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.intake.importing import Preview
from app.intake.rules.lines import Line, LineKind, PostAsked
from app.intake.rules.places import NewTeam, TeamRef
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.organisation.models import Directorate, Employment, Person, Team
from tests.intake.staff_file import Importing, row
from tests.world import NOW, World

FIELDS = (
    "employee number", "assignment number", "team", "manager", "staff group", "job role", "band", "working pattern",
    "main post", "start", "end",
)  # fmt: skip
NUMBERS = ("1", "2", "3", "4", "5")
Post = tuple[Any, ...]
"""What FIELDS name, as the database has it."""

SAID: dict[str, list[str]] = {
    "given": ["Asha", "Asha", ""],
    "family": ["Núñez", "=Sum"],
    "email": ["@trust.example", "@Other.example", "no address"],
    "directorate": ["Surgery"],
    "team": ["WARD", "Clinic", "Clinic"],
    "group": ["Medical and Dental", "Medical and Dental", "Unheard of"],
    "role": ["staff nurse", "Matron"],
    "band": ["Band 6", "Band 6 or 7", ""],
    "pattern": ["0.6", "Full-time", "Term time", "hours"],
    "manager": [*NUMBERS, "nobody"],
    "start": ["2026-11-20", "2026-12-01", "2024-01-01", "2023-01-01", "32/01/2026"],
    "end": ["2026-11-21", "2026-12-10", *("2027-01-31", "2027-02-28", "2027-03-31") * 3],
    "primary": ["Y", "N", "perhaps"],
}
"""What a cell may say that it does not usually."""
SITES = ("Main site", "Hilltop", "Main site", "")
one_change = st.sampled_from([(key, said) for key, all_of_them in SAID.items() for said in all_of_them])
changes = st.lists(one_change, max_size=3)
posts_of_one = st.sampled_from([1, 1, 1, 1, 2, 0]).flatmap(lambda n: st.lists(changes, min_size=n, max_size=n))
often = settings(max_examples=2 * settings().max_examples)
files = st.lists(st.fixed_dictionaries(dict.fromkeys(NUMBERS, posts_of_one)), min_size=3, max_size=5)
wholes = st.sampled_from(["changes", "changes", "directorate", "directorate", "trust"])


@dataclass
class State:
    """All that an import may change; people who are new are called by their employee number."""

    people: dict[int | str, tuple[str, str, str | None]]
    posts: dict[int, tuple[int | str, Post]]
    new: "Counter[tuple[int | str, Post]]"
    places: dict[int, str]
    sites: dict[str, str]
    """Where each place's people work."""
    events: int


def _now(world: World, before: State | None = None) -> State:
    post, person, team, home = table(Employment), table(Person), table(Team), table(Directorate)
    with world.db.read() as session:
        places = {
            row.id: f"{row.home} / {row.name}"
            for row in session.execute(sa.select(team.c.id, team.c.name, home.c.name.label("home")).join(home))
        }
        sites = {places[row.id]: row.site for row in session.execute(sa.select(team.c.id, team.c.site))}
        people = session.execute(sa.select(person.c.id, person.c.name, person.c.list_name, person.c.email)).all()
        posts = session.execute(sa.select(post)).all()
        events = session.scalar(sa.select(sa.func.count()).select_from(table(AuditEvent))) or 0
    number_of = {row.person_id: row.employee_number for row in posts}
    new = {p.id for p in people if before and p.id not in before.people}
    called: dict[int | None, Any] = {p.id: number_of[p.id] if p.id in new else p.id for p in people}
    found = State({called[p.id]: tuple(p[1:]) for p in people}, {}, Counter(), places, sites, events)
    for one in posts:
        said = (
            called[one.person_id],
            (
                one.employee_number, one.assignment_number, places[one.team_id], called.get(one.manager_id),
                one.staff_group, one.job_role, one.band, one.pattern, one.is_primary, one.starts_on, one.ends_on,
            ),
        )  # fmt: skip
        if before and one.id not in before.posts:
            found.new[said] += 1
        else:
            found.posts[one.id] = said
    return found


class Deed:
    """What the lines of a plan do to a state, done by hand."""

    def __init__(self, before: State, shown: Preview, names: dict[int, str]) -> None:
        self.before, self.names = before, names
        self.people, self.posts, self.new = dict(before.people), dict(before.posts), Counter[Any]()
        self.sites = before.sites | {one.place: one.after for one in shown.plan.sites}
        for line in shown.plan.lines:
            self._line(line)

    def _line(self, line: Line) -> None:
        who = line.person_id or line.number
        assert (line.kind is LineKind.JOINER) <= (line.person_id is None)
        was = None
        if line.naming:
            had = self.people.get(who)
            self.people[who] = (line.naming.name, line.naming.list_name, line.naming.email)
            if had:
                changed = {"name"} if had[1] != line.naming.list_name else set()
                changed |= {"e-mail"} if had[2] != line.naming.email else set()
                assert changed == {c.field for c in line.changed} & {"name", "e-mail"}
        for ending in line.ended:
            was = self.before.posts[ending.post_id][1]
            self.posts[ending.post_id] = (who, (*was[:-1], ending.on))
        if line.put:
            was = self.before.posts[line.put.post_id][1]
            self.posts[line.put.post_id] = (who, self._post(line.put.post))
            self._said(line, was, self._post(line.put.post), set())
        if line.begun:
            self.new[who, self._post(line.begun)] += 1
            if was:
                self._said(line, was, self._post(line.begun), {"start"})

    def _said(self, line: Line, was: Post, now: Post, but: set[str]) -> None:
        """The words of a line name all that is other than before, and nothing else."""
        other = {field for field, a, b in zip(FIELDS, was, now, strict=True) if a != b} - but
        assert other == {c.field for c in line.changed} - {"name", "e-mail"} - but

    def _post(self, post: PostAsked) -> Post:
        return (
            post.number, post.assignment, self._place(post.team), post.manager, post.staff_group, post.job_role,
            post.band, post.pattern, post.is_primary, post.starts_on, post.ends_on,
        )  # fmt: skip

    def _place(self, team: TeamRef) -> str:
        if isinstance(team, NewTeam):
            home = team.directorate if isinstance(team.directorate, str) else self.names[team.directorate]
            return f"{home} / {team.name}"
        return self.before.places[team]


@pytest.mark.slow
def test_what_was_shown_is_what_is_done_and_nothing_besides(world: World, tmp_path: Path) -> None:
    hr, marks = Importing(world, tmp_path), count(1)
    seen: Counter[LineKind] = Counter()

    @often
    @given(files, wholes, st.lists(st.integers(0, 20), min_size=5, max_size=5))
    def holds(brought: list[dict[str, Any]], whole: str, days: list[int]) -> None:
        mark, world.clock.at = next(marks), NOW
        known = world.directorate(f"Medicine {mark}").name
        for people, wait in zip(brought, days, strict=False):
            file = [each for number, posts in people.items() for each in _rows(mark, number, posts)]
            if file:
                seen.update(_done(hr, file, f"directorate {known}" if whole == "directorate" else whole))
            world.later(days=wait)

    holds()
    assert min(seen[kind] for kind in LineKind) > 2, seen


def _rows(mark: int, number: str, posts: list[list[tuple[str, str]]]) -> Iterator[dict[str, str]]:
    """Each example has people, addresses and places of its own."""
    for place, changed in enumerate(posts):
        several = {"assignment": f"{number}-{place}", "primary": "N" if place else "Y"} if len(posts) > 1 else {}
        site = SITES[(int(number) + len(changed)) % len(SITES)]
        told = row(number, f"P{mark}x{number}", team="Clinic" if place else "Ward", site=site, **several)
        told |= dict(changed)
        told |= {"number": f"{mark}-{number}", "directorate": f"{told['directorate']} {mark}"}
        told |= {"manager": f"{mark}-{told['manager']}" if told["manager"] in NUMBERS else told["manager"]}
        told |= {"email": f"{mark}.{number}{told['email']}" if "@" in told["email"] else told["email"]}
        yield told


def _done(hr: Importing, file: list[dict[str, str]], whole: str) -> "Counter[LineKind]":
    world = hr.world
    shown, before = hr.look(*file, whole=whole), _now(world)
    hr.apply(shown)
    after = _now(world, before)
    deed = Deed(before, shown, _names(world))
    assert after.people == deed.people
    assert after.posts == deed.posts
    assert after.new == deed.new
    assert {place: site for place, site in after.sites.items() if site or place in before.sites} == deed.sites
    assert hr.kept() == [(line.kind, line.number, line.on) for line in shown.plan.lines]
    homes = {team.directorate for team in shown.plan.new_teams if isinstance(team.directorate, str)}
    opened = len(after.places) - len(before.places) + len(homes)
    moved = sum(isinstance(one.team, int) for one in shown.plan.sites)
    assert after.events == before.events + len(shown.plan.lines) + opened + moved + 1
    again = hr.look(*file, whole=whole).plan
    assert (again.lines, again.sites) == ((), ())
    return shown.plan.counts


def _names(world: World) -> dict[int, str]:
    home = table(Directorate)
    with world.db.read() as session:
        return {row.id: row.name for row in session.execute(sa.select(home.c.id, home.c.name))}
