"""A file's words are settled: each row's team, staff group, band and whether it is the main post."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.intake.rules.bands import band_of
from app.intake.rules.columns import Column
from app.intake.rules.decisions import Decision, Decisions, Unknown, Verdict, decision_key
from app.intake.rules.matching import Placed
from app.intake.rules.picture import Picture
from app.intake.rules.places import BETWEEN, LeftOutError, NewTeam, Places, TeamRef, UndecidedError
from app.intake.rules.rows import LONGEST_BAND, Problem, StaffRow


class Settling:
    """What is found on the way is kept: problems, words without a decision, bands in the file's own words."""

    def __init__(self, picture: Picture, decisions: Decisions, names: Mapping[Column, str], *, create: bool) -> None:
        self.today = picture.today
        self.names = names
        self.places = Places(picture, decisions, create=create)
        self.problems: list[Problem] = []
        self.undecided: Counter[tuple[Unknown, str]] = Counter()
        self.as_recorded: Counter[str] = Counter()
        self.new_roles: Counter[str] = Counter()
        self.decisions, self.roles = decisions, picture.roles
        self.left_out: Counter[str] = Counter()
        self._names: dict[TeamRef, str] = {}
        self._bands: dict[str, str | None] = {}
        self._reasons: dict[str, str] = {}
        """Each once: the words for 50,000 rows that wait for one decision are the same."""

    def settled(self, rows: Sequence[StaffRow]) -> dict[str, tuple[Placed, ...]]:
        """By employee number, in the order of the file."""
        times = Counter(row.number for row in rows)
        several: dict[str, list[StaffRow]] = defaultdict(list)
        for row in rows:
            if times[row.number] > 1:
                several[row.number].append(row)
        found: dict[str, tuple[Placed, ...]] = {}
        for row in rows:
            theirs = several.pop(row.number, ()) if times[row.number] > 1 else (row,)
            placed = self._theirs(theirs)
            if placed:
                found[row.number] = placed
        return found

    def _theirs(self, theirs: Sequence[StaffRow]) -> tuple[Placed, ...]:
        flagged = any(row.primary is not None for row in theirs)
        alone = sum(not self._over(row) for row in theirs) <= 1
        found = []
        for row in theirs:
            main = bool(row.primary) if flagged else alone and (len(theirs) == 1 or not self._over(row))
            placed = self._row(row, main=main)
            if placed:
                found.append(placed)
        return tuple(found)

    def _over(self, row: StaffRow) -> bool:
        return row.ends_on is not None and row.ends_on <= self.today

    def _row(self, row: StaffRow, *, main: bool) -> Placed | None:
        try:
            team, group = self.places.team(row), self.places.staff_group(row)
            row = self._with_role(row)
            band = self._band(row)
        except LeftOutError:
            self.left_out[row.number] += 1
            return None
        except UndecidedError as error:
            self.undecided[error.about, error.words] += 1
            column = {Unknown.DIRECTORATE: Column.DIRECTORATE, Unknown.TEAM: Column.TEAM}.get(error.about)
            self.refuse(row, column or Column.STAFF_GROUP, str(error), by_decision=True)
            return None
        if len(band) > LONGEST_BAND:
            self.refuse(row, Column.BAND, f"A band is at most {LONGEST_BAND} characters. Shorten it")
            return None
        return Placed(row, team, self.place(team), group, band, main)

    def _with_role(self, row: StaffRow) -> StaffRow:
        """A role that nobody here has is taken as it is written, and told, so that it can be mapped."""
        key = decision_key(row.job_role)
        if key in self.roles:
            return row
        decision = self.decisions.get((Unknown.JOB_ROLE, key))
        if decision is None:
            self.new_roles[row.job_role] += 1
        return replace(row, job_role=_told(decision, row.job_role)) if decision else row

    def _band(self, row: StaffRow) -> str:
        if row.band not in self._bands:
            self._bands[row.band] = band_of(row.band) if row.band else ""
        band = self._bands[row.band]
        if band is not None:
            return band
        decision = self.decisions.get((Unknown.BAND, decision_key(row.band)))
        if decision is None:
            self.as_recorded[row.band] += 1
        return _told(decision, row.band)

    def place(self, team: TeamRef) -> str:
        if team not in self._names:
            self._names[team] = self._place(team)
        return self._names[team]

    def _place(self, team: TeamRef) -> str:
        if isinstance(team, NewTeam):
            home = team.directorate
            within = home if isinstance(home, str) else self.places.directorates[home].name
            return f"{within}{BETWEEN}{team.name}"
        known = self.places.teams[team]
        return f"{self.places.directorates[known.directorate_id].name}{BETWEEN}{known.name}"

    def refuse(self, row: StaffRow, column: Column, reason: str, *, by_decision: bool = False) -> None:
        reason = self._reasons.setdefault(reason, reason)
        self.problems.append(Problem(row.row, self.names.get(column, str(column)), reason, row.number, by_decision))


def _told(decision: Decision | None, words: str) -> str:
    """Raises LeftOutError."""
    if decision and decision.verdict is Verdict.LEAVE_OUT:
        raise LeftOutError
    return decision.target if decision and decision.verdict is Verdict.MAP else words
