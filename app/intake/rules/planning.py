"""How a plan is made: words settled, people told apart, managers found, then one person after the other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from app.intake.rules.admitting import Proposal, ProposalError, admitted, several_numbers
from app.intake.rules.asking import Asking, PersonError, naming_of, post_asked
from app.intake.rules.columns import Column, listed
from app.intake.rules.decisions import Decisions
from app.intake.rules.leave import joining, unknown_statuses
from app.intake.rules.lines import Line, LineKind, ManagerRef
from app.intake.rules.managers import loops, with_those_who_are_here
from app.intake.rules.matching import Placed
from app.intake.rules.one_person import OnePerson
from app.intake.rules.picture import KnownPerson, Picture
from app.intake.rules.plan import Plan, Whole, WholeKind
from app.intake.rules.rows import CheckedRows, Problem, StaffRow
from app.intake.rules.settling import Settling
from app.intake.rules.sites import remarks_on, sites_of

ORDER = {kind: place for place, kind in enumerate(LineKind)}
ALL_OR_NONE = "Row {} of the same person is wrong: none of their rows is taken"


def planned(
    picture: Picture,
    checked: CheckedRows,
    whole: Whole,
    decisions: Decisions,
    names: Mapping[Column, str],
    *,
    create: bool = False,
) -> Plan:
    """What this file does to these people today. `names` are the columns as the file words them."""
    return _Planning(picture, checked, whole, decisions, names, create=create).plan()


class _Planning:
    def __init__(
        self,
        picture: Picture,
        checked: CheckedRows,
        whole: Whole,
        decisions: Decisions,
        names: Mapping[Column, str],
        *,
        create: bool,
    ) -> None:
        self.picture, self.checked, self.whole, self.decisions = picture, checked, whole, decisions
        self.words = Settling(picture, decisions, names, create=create)
        self.words.problems += checked.problems
        self.remarks: list[str] = []
        self.managerless: Counter[str] = Counter()
        self.people: dict[str, tuple[Placed, ...]] = {}
        self.who: dict[str, KnownPerson | None] = {}
        """None for somebody new."""
        self.proposals: list[Proposal] = []

    def plan(self) -> Plan:
        self.people = self.words.settled(self.checked.rows)
        self._admit()
        self._look_at_managers()
        lines, unchanged, over = self._each()
        lines += self._absent()
        lines.sort(key=lambda line: (ORDER[line.kind], line.row or 0, line.number))
        sites = sites_of([placed for number in self.who for placed in self.people[number]], lines, self.picture)
        return Plan(
            lines=tuple(lines),
            unchanged=tuple(unchanged),
            problems=self._problems(),
            left_out=sum(self.words.left_out.values()),
            over=over,
            undecided=dict(self.words.undecided),
            as_recorded=dict(self.words.as_recorded),
            new_roles=dict(self.words.new_roles),
            proposals=tuple(self.proposals),
            remarks=(*self._said(), *remarks_on(sites)),
            active=self.picture.active,
            sites=sites.sets,
        )

    # people

    def _admit(self) -> None:
        spoiled = {problem.number for problem in self.words.problems}
        for number, rows in self.people.items():
            if number in spoiled:
                continue
            try:
                self.who[number] = admitted(number, rows, self.picture, self.decisions)
            except PersonError as error:
                self._refuse_person(rows, error)
            except ProposalError as error:
                self.words.refuse(rows[0].row, Column.EMPLOYEE_NUMBER, str(error), by_decision=True)
                self.proposals.append(error.proposal(rows[0].row))
        self._one_number_each()

    def _one_number_each(self) -> None:
        """Two numbers of a file may not lead to one person."""
        for several in several_numbers(self.who):
            for number in several:
                reason = f"The file has this person under several numbers: {', '.join(several)}. Give one"
                self.words.refuse(self.people[number][0].row, Column.EMPLOYEE_NUMBER, reason)
                del self.who[number]

    def _refuse_person(self, rows: Sequence[Placed], error: PersonError) -> None:
        row = next((placed.row for placed in rows if placed.row.row == error.row), rows[0].row)
        self.words.refuse(row, error.column, str(error))

    def _look_at_managers(self) -> None:
        asked = ((number, row.manager) for number in self.who if (row := self._asked(number)) and row.manager)
        rings = loops(with_those_who_are_here(asked, self.picture, self.checked.seen, self._is_left_out))
        for number in list(self.who):
            for placed in self.people[number]:
                manager = placed.row.manager
                known = manager in self.picture.by_number or manager in self.checked.seen
                if manager and not known and not placed.is_over(self.picture.today):
                    reason = f"Nobody has the employee number “{manager}”, neither in the file nor here. Correct it"
                    self.words.refuse(placed.row, Column.MANAGER, reason)
                    self.who.pop(number, None)
        for ring in rings:
            reason = f"Each of these is the other's manager: {listed((*ring, ring[0]), 8)}. Correct one"
            for number in ring:
                if number in self.people and (row := self._asked(number)):
                    self.words.refuse(row, Column.MANAGER, reason)
                    self.who.pop(number, None)

    def _asked(self, number: str) -> StaffRow | None:
        """The row that says who manages this person's main post."""
        for placed in self.people[number]:
            if placed.is_primary and placed.row.manager and not placed.is_over(self.picture.today):
                return placed.row
        return None

    def _manager(self, placed: Placed) -> ManagerRef:
        number = placed.row.manager
        if not number:
            return None
        taken = number in self.who
        known = self.who[number] if taken else self.picture.by_number.get(number)
        if taken and known is None and any(not p.is_over(self.picture.today) for p in self.people[number]):
            return number
        if known and (taken or not known.has_left(self.picture.today)):
            return known.id
        self.managerless[number] += 1
        return None

    def _person(self, manager: ManagerRef) -> str:
        if isinstance(manager, str):
            return naming_of(self.people[manager][0]).list_name
        known = self.picture.people.get(manager) if manager else None
        return known.list_name if known else ""

    # each

    def _each(self) -> tuple[list[Line], list[str], int]:
        lines, unchanged, over = list[Line](), list[str](), 0
        asking = Asking(self.picture.today, self.checked.says, self._manager, self.words.place, self._person)
        for number, known in self.who.items():
            rows = self.people[number]
            found = list(self._new(number, rows)) if known is None else self._known(known, rows, asking)
            if found:
                lines += found
            elif known is None:
                over += len(rows)
            elif found is not None:
                unchanged.append(number)
        return lines, unchanged, over

    def _known(self, known: KnownPerson, rows: Sequence[Placed], asking: Asking) -> list[Line] | None:
        """None when what the file says of them cannot be."""
        covered = self._covers(known) and not self.words.left_out[rows[0].row.number]
        try:
            return OnePerson(known, rows, asking, covered=covered).lines()
        except PersonError as error:
            self._refuse_person(rows, error)
            return None

    def _new(self, number: str, rows: Sequence[Placed]) -> Iterator[Line]:
        live = [placed for placed in rows if not placed.is_over(self.picture.today)]
        for placed in sorted(live, key=lambda p: not p.is_primary):
            naming = naming_of(placed)
            line = Line(
                kind=LineKind.JOINER if placed.is_primary else LineKind.SECOND_POST,
                row=placed.row.row,
                number=number,
                name=naming.list_name,
                person_id=None,
                place=placed.place,
                on=placed.row.starts_on,
                naming=naming if placed.is_primary else None,
                begun=post_asked(placed, self._manager(placed)),
            )
            yield joining(line, placed, self.picture.today)

    # those of whom the file says nothing

    def _covers(self, known: KnownPerson) -> bool:
        if self.whole.kind is not WholeKind.DIRECTORATE:
            return self.whole.kind is WholeKind.TRUST
        home = self.picture.directorate_of
        main = [p for p in known.posts if p.employed and p.is_primary and p.open_on(self.picture.today)]
        return any(home[post.team_id] == self.whole.directorate_id for post in main)

    def _is_left_out(self, known: KnownPerson) -> bool:
        """Whether somebody of whom the file says nothing has left, therefore."""
        began = any(post.starts_on >= self.picture.today for post in known.posts)
        return self._covers(known) and not self.checked.unreadable and not began

    def _absent(self) -> Iterator[Line]:
        """A row whose number cannot be told may be anybody's: then nobody is ended for being left out."""
        asking = Asking(self.picture.today, self.checked.says, self._manager, self.words.place, self._person)
        spoken_of = {known.id for known in self.who.values() if known}
        spoken_of.update(self.picture.by_number[n].id for n in self.checked.seen if n in self.picture.by_number)
        away = [
            line
            for known in self.picture.people.values()
            if known.id not in spoken_of and self._covers(known)
            for line in OnePerson(known, [], asking, covered=True).lines()
        ]
        if away and self.checked.unreadable:
            self.remarks.append(
                f"{len(away)} posts of which the file says nothing are not ended, because some rows' employee numbers "
                "cannot be told."
            )
            return
        yield from away

    # afterwards

    def _problems(self) -> tuple[Problem, ...]:
        """Everything wrong, and the sound rows of a person of whom another is not: no row goes unmentioned."""
        found = self.words.problems
        first = {problem.number: problem for problem in reversed(found)}
        wrong = {problem.row for problem in found}
        for row in self.checked.rows:
            if row.number in first and row.row not in wrong:
                found.append(Problem(row.row, "", ALL_OR_NONE.format(first[row.number].row), row.number))
        return tuple(sorted(sorted(found, key=attrgetter("column")), key=attrgetter("row")))

    def _said(self) -> Iterator[str]:
        yield from self.remarks
        if unknown := unknown_statuses(placed for rows in self.people.values() for placed in rows):
            yield unknown
        if self.managerless:
            yield (
                f"{sum(self.managerless.values())} posts keep the manager they have, or none: these managers' own rows "
                f"are not taken, or they have left: {listed(sorted(self.managerless), 10)}."
            )
