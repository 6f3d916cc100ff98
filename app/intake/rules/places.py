"""Where a row's post is: a team that is here, one to be opened, or words on which somebody has to decide."""

from dataclasses import dataclass
from typing import TypeAlias

from app.intake.rules.decisions import Decision, Decisions, Unknown, Verdict, decision_key
from app.intake.rules.picture import KnownDirectorate, KnownTeam, Picture
from app.intake.rules.rows import StaffRow
from app.organisation.rules import STAFF_GROUPS

BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to be opened: in a directorate that is here (its id), or in one to be opened (its name)."""

    directorate: int | str
    name: str


TeamRef: TypeAlias = int | NewTeam


class LeftOutError(Exception):
    """HR decided that rows with these words are not taken."""


class UndecidedError(Exception):
    """Nobody decided about these words yet."""

    def __init__(self, about: Unknown, words: str, reason: str) -> None:
        super().__init__(reason)
        self.about, self.words = about, words


class Places:
    """Finds each row's team and staff group; what was found is remembered, because files repeat themselves."""

    def __init__(self, picture: Picture, decisions: Decisions, *, create: bool) -> None:
        self.decisions, self.create = decisions, create
        self.directorates = {d.id: d for d in picture.directorates}
        self.teams = {t.id: t for t in picture.teams}
        self.by_name = {decision_key(d.name): d for d in picture.directorates}
        self.by_team = {(t.directorate_id, decision_key(t.name)): t for t in picture.teams}
        self._groups = {decision_key(name): name for name in STAFF_GROUPS}
        self._found: dict[tuple[str, str], TeamRef | Exception] = {}
        self._staff_groups: dict[str, str | Exception] = {}
        self._spelt: dict[tuple[object, str], str] = {}

    def team(self, row: StaffRow) -> TeamRef:
        """Raises LeftOutError or UndecidedError."""
        words = (row.directorate, row.team)
        if words not in self._found:
            try:
                self._found[words] = self._team(*words)
            except (LeftOutError, UndecidedError) as error:
                self._found[words] = error
        found = self._found[words]
        if isinstance(found, Exception):
            raise found.with_traceback(None)  # else each row that meets it again would lengthen its trace
        return found

    def staff_group(self, row: StaffRow) -> str:
        """Raises LeftOutError or UndecidedError."""
        if row.staff_group not in self._staff_groups:
            try:
                self._staff_groups[row.staff_group] = self._staff_group(row.staff_group)
            except (LeftOutError, UndecidedError) as error:
                self._staff_groups[row.staff_group] = error
        found = self._staff_groups[row.staff_group]
        if isinstance(found, Exception):
            raise found.with_traceback(None)  # else each row that meets it again would lengthen its trace
        return found

    def _staff_group(self, words: str) -> str:
        known = self._groups.get(decision_key(words))
        if known:
            return known
        decision = self._decided(Unknown.STAFF_GROUP, words, f"The staff group “{words}” is not known")
        return decision.target if decision.verdict is Verdict.MAP else words

    def _team(self, directorate: str, team: str) -> TeamRef:
        if not directorate:
            return self._anywhere(team)
        name = team or directorate
        if (went := self._went(directorate, name)) is not None:
            return went
        home = self._directorate(directorate)
        return self._within(home, name, decision_key(f"{directorate}{BETWEEN}{name}"))

    def _went(self, directorate: str, name: str) -> TeamRef | None:
        """Where a team of a directorate that is closed goes on, whatever it is called there."""
        home = self.by_name.get(decision_key(directorate))
        known = self.by_team.get((home.id, decision_key(name))) if home and home.ends_on is not None else None
        went = self._successor(known) if known else None
        return went.id if went is not None and went.ends_on is None else None

    def _directorate(self, words: str) -> int | str:
        known = self.by_name.get(decision_key(words))
        if known:
            return self._still_open(known).id
        decision = self._decided(Unknown.DIRECTORATE, words, f"The directorate “{words}” is not known")
        if decision.verdict is Verdict.CREATE:
            return self._one_spelling("", words)
        target = self.by_name.get(decision_key(decision.target))
        if target:
            return self._still_open(target).id
        return self._one_spelling("", decision.target)

    def _within(self, home: int | str, name: str, key: str) -> TeamRef:
        known = self.by_team.get((home, decision_key(name))) if isinstance(home, int) else None
        if known:
            return self._successor(known).id
        decision = self._of_new(home, name, key) or self._decided(
            Unknown.TEAM, name, f"The team “{name}” is not known in this directorate", key
        )
        if decision.verdict is Verdict.CREATE:
            return NewTeam(home, self._one_spelling(home, name))
        return self._told(home, decision.target)

    def _of_new(self, home: int | str, name: str, key: str) -> Decision | None:
        """Whoever opens a directorate opens its teams, unless something else is said of one."""
        told = (Unknown.TEAM, key) in self.decisions or (Unknown.TEAM, decision_key(name)) in self.decisions
        return Decision(Verdict.CREATE) if isinstance(home, str) and not told else None

    def _anywhere(self, name: str) -> TeamRef:
        named = [t for (_, known), t in self.by_team.items() if known == decision_key(name)]
        if len(named) == 1:
            return self._successor(named[0]).id
        reason = f"The team “{name}” is not known" if not named else f"More than one team is called “{name}”"
        decision = self.decisions.get((Unknown.TEAM, decision_key(name)))
        if decision and decision.verdict is Verdict.LEAVE_OUT:
            raise LeftOutError
        if decision and decision.verdict is Verdict.MAP and BETWEEN in decision.target:
            return self._told("", decision.target)
        raise UndecidedError(Unknown.TEAM, name, f"{reason}. Decide which “directorate{BETWEEN}team” it is")

    def _told(self, home: int | str, target: str) -> TeamRef:
        """The team that a decision names: “Ward 7” of the same directorate, or “Medicine / Ward 7”; opened if new."""
        directorate, between, name = target.partition(BETWEEN)
        if between:
            named = self.by_name.get(decision_key(directorate))
            home = self._still_open(named).id if named else self._one_spelling("", directorate)
        else:
            name = target
        known = self.by_team.get((home, decision_key(name))) if isinstance(home, int) else None
        return self._successor(known).id if known else NewTeam(home, self._one_spelling(home, name))

    def _decided(self, about: Unknown, words: str, reason: str, key: str = "") -> Decision:
        decision = self.decisions.get((about, key)) if key else None
        decision = decision or self.decisions.get((about, decision_key(words)))
        if decision is None and self.create and about is not Unknown.STAFF_GROUP:
            return Decision(Verdict.CREATE)
        if decision is None:
            raise UndecidedError(about, words, f"{reason}. Decide what it is: map it, create it or leave it out")
        if decision.verdict is Verdict.LEAVE_OUT:
            raise LeftOutError
        return decision

    def _one_spelling(self, home: object, name: str) -> str:
        """Of two spellings of one new name, the first."""
        return self._spelt.setdefault((home, decision_key(name)), name.strip())

    def _still_open(self, found: KnownDirectorate) -> KnownDirectorate:
        while found.ends_on is not None and found.successor_id in self.directorates:
            found = self.directorates[found.successor_id]
        return found

    def _successor(self, found: KnownTeam) -> KnownTeam:
        while found.ends_on is not None and found.successor_id in self.teams:
            found = self.teams[found.successor_id]
        return found
