"""A plan's rows, made ready before anybody has to wait: what is left for the transaction is to write them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from app.access.actor import Actor, PersonKind
from app.accounts.models import Credential
from app.intake.commands.written import events_of
from app.intake.models import StaffImport, StaffImportLine, StaffImportProblem
from app.intake.rules.lines import LeaveAsked, LeaveEnded, Line, LineKind, ManagerRef, PostAsked
from app.intake.rules.picture import Picture
from app.intake.rules.places import NewTeam, TeamRef
from app.intake.rules.plan import Plan
from app.kernel.audit import AuditEvent
from app.kernel.bulk import Ready
from app.kernel.names import folded
from app.organisation.models import Directorate, Employment, LongLeave, Person, Team
from app.organisation.rules import Basis, address_key

LONGEST_REASON = 600
_EVENT = ("at", "actor_id", "action", "entity", "entity_id", "subject_id", "fields")
_POST = (
    "employee_number", "assignment_number", "team_id", "manager_id", "staff_group", "job_role", "band", "is_primary",
    "starts_on", "ends_on", "pattern",
)  # fmt: skip
_LINE = ("import_id", "kind", "row", "person_id", "employee_number", "name", "place", "day", "changed", "waits")
_LEAVE = ("id", "person_id", "kind", "starts_on", "ends_on", "recorded_by_id", "recorded_at")
Last = Mapping[type[SQLModel], int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a plan writes, by table and in order. `last` is the id after which each table's new rows begin."""

    last: Last
    record: int
    directorates: Ready
    teams: Ready
    sites: Ready
    opened: tuple[Ready, Ready]
    people: Ready
    named: Ready
    renamed: Ready
    ended: Ready
    put: tuple[Ready, Ready]
    begun: Ready
    leaves: Ready
    back: Ready
    events: Ready
    lines: Ready
    problems: Ready
    leavers: tuple[int, ...]


def prepared(
    connection: Connection,
    plan: Plan,
    picture: Picture,
    addresses: Iterable[int],
    actor: Actor,
    last: Last,
    now: datetime,
) -> Prepared:
    """`connection` is held apart, and the one on which the plan is applied. `addresses` are the people whose sign-in
    name is their e-mail address, so that it follows them to a new one.
    """
    making = _Making(plan, picture, set(addresses), actor, last, now)

    def ready(model: Any, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], by: str = "") -> Ready:
        return Ready(connection, model, columns, rows, by)

    naming = ("id", "name", "list_name", "sort_key", "email", "email_key")
    return Prepared(
        last=last,
        record=making.record,
        directorates=ready(Directorate, ("id", "name", "starts_on"), making.directorates()),
        teams=ready(Team, ("id", "directorate_id", "name", "starts_on", "site"), making.teams()),
        sites=ready(Team, ("id", "site"), ((s.team, s.after) for s in plan.sites if isinstance(s.team, int)), "id"),
        opened=(
            ready(AuditEvent, _EVENT, making.opened("directorate", making.new_directorates.values())),
            ready(AuditEvent, _EVENT, making.opened("team", making.team_of.values())),
        ),
        people=ready(Person, (*naming, "kind", "made_at"), making.people()),
        named=ready(Person, naming, making.named(), "id"),
        renamed=ready(Credential, ("person_id", "username", "username_key"), making.renamed(), "person_id"),
        ended=ready(Employment, ("id", "ends_on"), ((e.post_id, e.on) for x in plan.lines for e in x.ended), "id"),
        put=(
            ready(Employment, ("id", *_POST), making.puts(main=False), "id"),
            ready(Employment, ("id", *_POST), making.puts(main=True), "id"),
        ),
        begun=ready(Employment, ("id", "person_id", "basis", *_POST), making.posts()),
        leaves=ready(LongLeave, _LEAVE, making.leaves()),
        back=ready(LongLeave, ("id", "ends_on"), making.back(), "id"),
        events=ready(AuditEvent, _EVENT, making.events()),
        lines=ready(StaffImportLine, _LINE, making.lines()),
        problems=ready(
            StaffImportProblem,
            ("import_id", "row", "field", "reason", "employee_number"),
            ((making.record, p.row, p.column[:200], p.reason[:LONGEST_REASON], p.number) for p in plan.problems),
        ),
        leavers=plan.leaving(picture.today),
    )


class _Making:
    """Turns lines into rows."""

    def __init__(
        self, plan: Plan, picture: Picture, addresses: set[int], actor: Actor, last: Last, now: datetime
    ) -> None:
        self.plan, self.picture, self.addresses, self.actor, self.now = plan, picture, addresses, actor, now
        joiners = [line.number for line in plan.lines if line.kind is LineKind.JOINER]
        self.record = last[StaffImport] + 1
        self.person_of = {number: at for at, number in enumerate(joiners, last[Person] + 1)}
        self.begun = [line for line in plan.lines if line.begun]
        self.post_of = {id(line): at for at, line in enumerate(self.begun, last[Employment] + 1)}
        away = [line for line in plan.lines if isinstance(line.leave, LeaveAsked)]
        self.leave_of = {id(line): at for at, line in enumerate(away, last[LongLeave] + 1)}
        self.team_of = {team: at for at, team in enumerate(plan.new_teams, last[Team] + 1)}
        names = dict.fromkeys(t.directorate for t in self.team_of if isinstance(t.directorate, str))
        self.new_directorates = {name: at for at, name in enumerate(names, last[Directorate] + 1)}
        self.opens = self._opens()

    def _opens(self) -> dict[NewTeam, date]:
        """A team opens with the first post in it, and not before its directorate."""
        found: dict[NewTeam, date] = {}
        for line in self.plan.lines:
            for post in line.posts:
                if isinstance(post.team, NewTeam):
                    found[post.team] = min(found.get(post.team, post.starts_on), post.starts_on, self.picture.today)
        known = {d.id: d.starts_on for d in self.picture.directorates}
        return {team: max(day, known.get(team.directorate, day)) for team, day in found.items()}  # type: ignore[arg-type]

    def directorates(self) -> Iterator[tuple[Any, ...]]:
        for name, number in self.new_directorates.items():
            yield number, name, min(day for team, day in self.opens.items() if team.directorate == name)

    def teams(self) -> Iterator[tuple[Any, ...]]:
        sites = {one.team: one.after for one in self.plan.sites}
        for team, number in self.team_of.items():
            home = team.directorate
            place = self.new_directorates[home] if isinstance(home, str) else home
            yield number, place, team.name, self.opens[team], sites.get(team, "")

    def opened(self, entity: str, numbers: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        for number in numbers:
            yield self.now, self.actor.person_id, f"open {entity}", entity, number, None, "name"

    def people(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.of(LineKind.JOINER):
            yield (*self._naming(line, self.person_of[line.number]), PersonKind.STAFF, self.now)

    def named(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.lines:
            if line.naming and line.person_id:
                yield self._naming(line, line.person_id)

    def renamed(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.lines:
            if line.naming and line.naming.email and line.person_id in self.addresses:
                yield line.person_id, line.naming.email, address_key(line.naming.email)

    def _naming(self, line: Line, person: int) -> tuple[Any, ...]:
        naming = line.naming
        assert naming is not None
        key = address_key(naming.email) if naming.email else None
        return person, naming.name, naming.list_name, folded(naming.list_name), naming.email, key

    def puts(self, *, main: bool) -> Iterator[tuple[Any, ...]]:
        """Main posts last: of two that change places, the one must be free before the other takes it."""
        for line in self.plan.lines:
            if line.put and line.put.post.is_primary is main:
                yield line.put.post_id, *self._post(line.put.post)

    def posts(self) -> Iterator[tuple[Any, ...]]:
        for line in self.begun:
            assert line.begun is not None
            yield self.post_of[id(line)], self._person(line), Basis.EMPLOYED, *self._post(line.begun)

    def _post(self, post: PostAsked) -> tuple[Any, ...]:
        return (
            post.number,
            post.assignment,
            self._team(post.team),
            self._manager(post.manager),
            post.staff_group,
            post.job_role,
            post.band,
            post.is_primary,
            post.starts_on,
            post.ends_on,
            post.pattern,
        )

    def _team(self, team: TeamRef) -> int:
        return self.team_of[team] if isinstance(team, NewTeam) else team

    def _manager(self, manager: ManagerRef) -> int | None:
        return self.person_of[manager] if isinstance(manager, str) else manager

    def _person(self, line: Line) -> int:
        return line.person_id or self.person_of[line.number]

    def events(self) -> Iterator[tuple[Any, ...]]:
        """One for each thing a line does: its values before and after stand in the import's record."""
        for line in self.plan.lines:
            for action, entity, about, fields in events_of(line, self._about(line), self.leave_of.get(id(line), 0)):
                yield self.now, self.actor.person_id, action, entity, about, self._person(line), fields
        for site in self.plan.sites:
            if isinstance(site.team, int):
                yield self.now, self.actor.person_id, "set site", "team", site.team, None, "site"

    def leaves(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.lines:
            if isinstance(line.leave, LeaveAsked):
                leave, by = line.leave, self.actor.person_id
                number = self.leave_of[id(line)]
                yield number, self._person(line), leave.kind, leave.starts_on, leave.ends_on, by, self.now

    def back(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.lines:
            if isinstance(line.leave, LeaveEnded):
                yield line.leave.leave_id, line.leave.on

    def _about(self, line: Line) -> int:
        if line.begun:
            return self.post_of[id(line)]
        if line.put:
            return line.put.post_id
        return line.ended[0].post_id if line.ended else self._person(line)

    def lines(self) -> Iterator[tuple[Any, ...]]:
        for line in self.plan.lines:
            waits = line.kind in {LineKind.JOINER, LineKind.REJOINER}
            changed = [[c.field, c.before, c.after] for c in line.changed]
            yield (
                self.record, line.kind, line.row, self._person(line), line.number, line.name, line.place, line.on,
                changed, waits,
            )  # fmt: skip
