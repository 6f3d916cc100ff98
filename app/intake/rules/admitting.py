"""Who a row's person is: somebody who is here, somebody who was, or somebody new. What is not certain is not taken."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.intake.rules.asking import PersonError
from app.intake.rules.columns import Column
from app.intake.rules.decisions import Decision, Decisions, Unknown, Verdict, decision_key
from app.intake.rules.matching import Placed
from app.intake.rules.picture import KnownPerson, Picture
from app.intake.rules.rows import StaffRow
from app.kernel.names import folded
from app.organisation.rules import address_key, display_name, list_name

WIDEST = 10
"""How wide employee numbers with leading zeros are at most."""

TAKEN = "This address cannot be used for this person: it belongs to another account. Correct it or leave it empty"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody of the file who may be somebody known under another number or name: HR says whether they are.

    `target` and `may_be_new` as in ProposalError.
    """

    row: int
    number: str
    name: str
    person_id: int
    known_as: str
    target: str
    may_be_new: bool


class ProposalError(Exception):
    """Somebody of the file could be `known`; a person has to say.

    `target` is the employee number that a decision maps them to, empty when `known` never had one; `may_be_new` is
    False when the file's number is `known`'s own, under which nobody else can come.
    """

    def __init__(self, reason: str, known: KnownPerson, target: str, *, may_be_new: bool) -> None:
        super().__init__(reason)
        self.known, self.target, self.may_be_new = known, target, may_be_new

    def proposal(self, row: StaffRow) -> Proposal:
        name = list_name(row.given, row.family)
        return Proposal(row.row, row.number, name, self.known.id, self.known.list_name, self.target, self.may_be_new)


def admitted(number: str, rows: Sequence[Placed], picture: Picture, decisions: Decisions) -> KnownPerson | None:
    """Whoever a number stands for; None for somebody new.

    Raises PersonError, or ProposalError where only a name or an address speaks for it.
    """
    decision = decisions.get((Unknown.PERSON, decision_key(number)))
    known = _known(number, picture, decision)
    if known is None:
        _look_again(number, rows, picture, decision)
    else:
        _same_person(known, rows, decision)
    _address(known, rows, picture)
    if known is None:
        _one_main_post(rows, picture)
    return known


def _known(number: str, picture: Picture, decision: Decision | None) -> KnownPerson | None:
    if decision and decision.verdict is Verdict.MAP and decision.target != number:
        told = picture.by_number.get(decision.target)
        if told is None:
            raise PersonError(
                Column.EMPLOYEE_NUMBER, f"The decision says that this is “{decision.target}”, whom nobody here has been"
            )
        return picture.by_number.get(number) or told
    return picture.by_number.get(number)


def _look_again(number: str, rows: Sequence[Placed], picture: Picture, decision: Decision | None) -> None:
    if decision and decision.verdict is Verdict.CREATE:
        return
    for width in range(len(number) + 1, WIDEST + 1) if number.isdecimal() else ():
        if (padded := number.zfill(width)) in picture.by_number:
            raise PersonError(
                Column.EMPLOYEE_NUMBER,
                f"Nobody here has this number, and “{padded}” is here: a spreadsheet may have dropped leading zeros. "
                "Export the column as text",
            )
    row = rows[0].row
    former = picture.former.get(folded(display_name(row.given, row.family))) if picture.former else None
    if row.email and (holder := picture.taken.get(address_key(row.email))) in picture.people:
        by_address = picture.people[holder] if holder is not None else None
        former = by_address if by_address and by_address.has_left(picture.today) else former
    if former:
        numbers = list(dict.fromkeys(post.number for post in former.posts if post.number))
        raise ProposalError(
            f"{former.list_name}, who left (employee number {', '.join(numbers) or 'not known'}), has the same name or "
            f"address. Decide under “people”: the number they had, if it is the same person; create, if not",
            former,
            numbers[-1] if numbers else "",
            may_be_new=True,
        )


def _same_person(known: KnownPerson, rows: Sequence[Placed], decision: Decision | None) -> None:
    """A number that now carries a wholly different name may have been given to somebody else, or mistyped."""
    row = rows[0].row
    name = display_name(row.given, row.family)
    if name == known.name:
        return
    said = set(folded(name).split())
    if said & set(folded(known.name).split()) or (decision and decision.verdict is Verdict.MAP):
        return
    if row.email and known.email and address_key(row.email) == address_key(known.email):
        return
    raise ProposalError(
        f"Here this number belongs to {known.list_name}. Decide under “people”: the same number, if it is that person "
        "under a new name",
        known,
        row.number,
        may_be_new=False,
    )


def _address(known: KnownPerson | None, rows: Sequence[Placed], picture: Picture) -> None:
    for placed in rows:
        holder = picture.taken.get(address_key(placed.row.email)) if placed.row.email else None
        if holder is not None and (known is None or holder != known.id):
            raise PersonError(Column.EMAIL, TAKEN, placed.row.row)


def _one_main_post(rows: Sequence[Placed], picture: Picture) -> None:
    live = [placed for placed in rows if not placed.is_over(picture.today)]
    main = [placed for placed in live if placed.is_primary]
    if live and len(main) != 1:
        what = "No row says which is their main post" if not main else "More than one row says it is their main post"
        raise PersonError(Column.PRIMARY, what, live[0].row.row)


def several_numbers(who: Mapping[str, KnownPerson | None]) -> list[list[str]]:
    """The numbers that lead to one person, of each whom more than one leads to."""
    times = Counter(known.id for known in who.values() if known)
    found: dict[int, list[str]] = defaultdict(list)
    for number, known in who.items():
        if known and times[known.id] > 1:
            found[known.id].append(number)
    return list(found.values())
