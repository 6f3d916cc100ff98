"""From what is known and what a list of completions says to what an import does. Pure: its preview is its deed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from app.intake.rules.past.columns import PastColumn, PastColumns
from app.intake.rules.past.completing import completions
from app.intake.rules.past.decisions import Meaning, PastDecision, PastDecisions, course_key
from app.intake.rules.past.levels import HeldAnyway, asked
from app.intake.rules.past.picture import KnownCourse, KnownEvent, KnownPerson, PastPicture, PersonAndTier
from app.intake.rules.past.plan import ItemAsked, PastKind, PastLine, PastPlan, UnknownCourse
from app.intake.rules.past.rows import CheckedPast, NotTaken, PastRow
from app.intake.rules.past.saying import award_words, with_award
from app.intake.rules.past.who import RowError, learner
from app.intake.rules.rows import Problem
from app.learning.rules import valid_until


def planned(picture: PastPicture, found: CheckedPast, columns: PastColumns, decisions: PastDecisions) -> PastPlan:
    """Each row by itself: one that cannot be taken holds up no other of the same person."""
    return _Planner(picture, found, columns, decisions).plan()


def source_key(course: str, row: PastRow) -> str:
    """The same for the same completion of the same course, whatever file it comes in."""
    return f"past {row.on.isoformat()} {sha256(course_key(course).encode()).hexdigest()[:32]}"


class _Planner:
    def __init__(
        self, picture: PastPicture, found: CheckedPast, columns: PastColumns, decisions: PastDecisions
    ) -> None:
        self.picture, self.found, self.columns, self.decisions = picture, found, columns, decisions
        self.lines: list[PastLine] = []
        self.unchanged: list[NotTaken] = []
        self.left_out = list(found.not_completed)
        self.problems = list(found.problems)
        self.unknown: Counter[str] = Counter()
        self.words: dict[str, str] = {}
        self.known: Counter[str] = Counter()
        self.unready: dict[str, str] = {}

    def plan(self) -> PastPlan:
        here: dict[tuple[int, int], list[PastRow]] = defaultdict(list)
        people: dict[int, KnownPerson] = {}
        elsewhere: set[tuple[int, str]] = set()
        for row in self.found.rows:
            try:
                person = self._person(row)
                course = self._course(row)
            except RowError as error:
                self._refuse(row, error)
                continue
            if course is None:
                self._evidence(row, person, elsewhere)
            elif isinstance(course, KnownCourse):
                people[person.id] = person
                here[person.id, course.id].append(row)
        self._completions(here, people)
        return PastPlan(
            lines=tuple(sorted(self._with_levels(self.lines), key=lambda line: line.row)),
            unchanged=tuple(sorted(self.unchanged, key=lambda one: one.row)),
            left_out=tuple(sorted(self.left_out, key=lambda one: one.row)),
            problems=tuple(sorted(self.problems, key=lambda one: one.row)),
            unknown=tuple(self._decided(key, rows) for key, rows in sorted(self.unknown.items(), key=_most_first)),
            known=dict(self.known),
            remarks=tuple(
                f"Nobody can complete the course “{title}” here yet: what the file calls so is kept as evidence."
                for title in sorted(self.unready.values())
            ),
        )

    def _person(self, row: PastRow) -> KnownPerson:
        person = learner(row, self.picture)
        if row.on > self.picture.today:
            raise RowError(PastColumn.COMPLETED_ON, "This day is still to come. Correct it, or leave the row out")
        return person

    def _course(self, row: PastRow) -> KnownCourse | NotTaken | None:
        """The course here that a row means; None for one that is elsewhere's."""
        key = course_key(row.course)
        found, decided = self.picture.by_name.get(key), self.decisions.get(key)
        if decided is None and found and found.newest:
            self.known[row.course] += 1
            return found
        self.unknown[key] += 1
        self.words.setdefault(key, row.course)
        if decided is None or decided.meaning is Meaning.EVIDENCE:
            if found:
                self.unready[key] = found.title
            return None
        if decided.meaning is Meaning.LEAVE_OUT:
            out = NotTaken(row.row, row.number, row.course, "Its course is left out, as was decided")
            self.left_out.append(out)
            return out
        return self._told(decided)

    def _told(self, decided: PastDecision) -> KnownCourse:
        told = next((c for c in self.picture.courses if c.slug == decided.course), None)
        told = told or self.picture.by_name.get(course_key(decided.course))
        if told is None or told.newest is None:
            raise RowError(
                PastColumn.COURSE,
                f"The decision says that this is “{decided.course}”, and no course that can be completed here is "
                "called so",
            )
        return told

    def _evidence(self, row: PastRow, person: KnownPerson, taken: set[tuple[int, str]]) -> None:
        key = source_key(row.course, row)
        if (person.id, key) in self.picture.items:
            self._same(row, "It is on their record already")
        elif (person.id, key) in taken:
            self._same(row, "Another row says the same")
        else:
            taken.add((person.id, key))
            parts = [row.certificate, f"expires {row.expiry.isoformat()}" if row.expiry else ""]
            item = ItemAsked(row.course, row.provider, ", ".join(filter(None, parts)), key)
            says = "Kept as evidence on their record"
            self.lines.append(
                replace(_line(PastKind.EVIDENCE, row, person, row.course), item=item, says=says)
            )  # fmt: skip

    def _completions(self, here: dict[tuple[int, int], list[PastRow]], people: dict[int, KnownPerson]) -> None:
        courses = {course.id: course for course in self.picture.courses}
        for (person_id, course_id), rows in here.items():
            course, key = courses[course_id], (person_id, course_id)
            enrolments = self.picture.enrolments.get(key, ())
            taken = self.picture.imported.get(key, frozenset())
            for said in completions(course, enrolments, taken, rows):
                if said.error:
                    self._refuse(said.row, said.error)
                elif said.why:
                    self._same(said.row, said.why)
                else:
                    line = _line(said.kind, said.row, people[person_id], course.title)
                    self.lines.append(
                        replace(
                            line,
                            course_id=course_id,
                            edition_id=said.edition.id if said.edition else None,
                            done=said.done,
                            completing=said.completing,
                            says=said.says,
                        )
                    )

    def _with_levels(self, lines: Iterable[PastLine]) -> Iterable[PastLine]:
        """In the order in which things happened, because what was earned first is held when the next is earned."""
        editions = {edition.id: edition for course in self.picture.courses for edition in course.editions}
        events: dict[PersonAndTier, list[KnownEvent]] = {}
        for line in sorted(lines, key=lambda line: (line.on, line.row)):
            edition = editions.get(line.edition_id or 0)
            if edition is None or edition.awards is None:
                yield line
                continue
            key = (line.person_id, edition.awards)
            happened = events.setdefault(key, list(self.picture.events.get(key, ())))
            try:
                award = asked(edition.awards, line.on, valid_until(line.on, edition.validity_months), happened)
            except HeldAnyway as reason:
                yield replace(line, says=with_award(line.says, edition.level, str(reason)))
                continue
            happened.append(KnownEvent(award.kind, award.on, award.until))
            said = award_words(award, self.picture.today)
            yield replace(line, award=award, says=with_award(line.says, edition.level, said))

    def _decided(self, key: str, rows: int) -> UnknownCourse:
        decided = self.decisions.get(key)
        meaning, course = (decided.meaning, decided.course) if decided else (Meaning.EVIDENCE, "")
        return UnknownCourse(key, self.words[key], rows, meaning, course, decided is not None)

    def _same(self, row: PastRow, why: str) -> None:
        self.unchanged.append(NotTaken(row.row, row.number, row.course, why))

    def _refuse(self, row: PastRow, error: RowError) -> None:
        name = self.columns.says.get(error.column, str(error.column))
        self.problems.append(Problem(row.row, name, str(error), row.number))


def _line(kind: PastKind, row: PastRow, person: KnownPerson, course: str) -> PastLine:
    return PastLine(kind, row.row, row.number, person.id, person.list_name, course, row.on, row.minutes)


def _most_first(found: tuple[str, int]) -> tuple[int, str]:
    return -found[1], found[0]
