"""What people choose and write, from text to commands."""

from collections.abc import Mapping
from typing import ClassVar

from app.kernel.errors import BadInputError
from app.ratings.commands import (
    Delegate,
    RateMyself,
    RatePerson,
    RateTeam,
    RecordAgreement,
    WriteToPerson,
    WriteToRater,
)
from app.ratings.rules import OVERALL, Said
from app.web.form import Form, MaybeDay, Posted

LARGEST_ID = 2**31 - 1
FIELD, WAS, ONLY = "said.", "was.", "only"


def said_in(posted: Posted) -> dict[str, Said]:
    """The answers that were touched, by what they are about.

    The whole page sends every answer, and what each was when it was shown: one that was not touched says nothing, so
    that an old window does not bring it back. A page that saves as one goes names the only one that was.

    Raises BadInputError for what is no answer.
    """
    only = posted.get(ONLY)
    said = {}
    for name in posted:
        about = name.removeprefix(FIELD)
        if not name.startswith(FIELD) or (only is not None and about != only):
            continue
        if only is None and posted[name] == posted.get(f"{WAS}{about}"):
            continue
        said[about] = _said(posted[name])
    return said


def _said(text: str) -> Said:
    if text not in set(Said):
        raise BadInputError({"said": "Choose one of the answers"})
    return Said(text)


def own_command(posted: Posted) -> RateMyself:
    """The one judgement of oneself, with what one thinks of it. Raises BadInputError without an answer."""
    if f"{FIELD}{OVERALL}" not in posted:
        raise BadInputError({"said": "Choose what fits you best"})
    said = {OVERALL: _said(posted[f"{FIELD}{OVERALL}"])}
    return RateMyself(said=said, reflection=posted.get("reflection", ""))


def own_levels_command(posted: Posted) -> RateMyself:
    return RateMyself(said={about: said for about, said in said_in(posted).items() if about != OVERALL})


def person_command(posted: Posted, person_id: int) -> RatePerson:
    return RatePerson(person_id=person_id, said=said_in(posted))


def team_command(posted: Posted, team_id: int) -> RateTeam:
    return RateTeam(team_id=team_id, said={_number(about): said for about, said in said_in(posted).items()})


def delegate_command(posted: Posted, team_id: int) -> Delegate:
    return Delegate(team_id=team_id, manager_id=_number(posted.get("manager", "")))


def to_rater_command(posted: Posted, with_id: int) -> WriteToRater:
    return WriteToRater(with_id=with_id, words=posted.get("words", ""))


def to_person_command(posted: Posted, person_id: int) -> WriteToPerson:
    return WriteToPerson(person_id=person_id, words=posted.get("words", ""))


class AgreementForm(Form):
    """When, with whom and what was agreed."""

    messages: ClassVar[Mapping[str, str]] = {"agreed_on": "Enter the date of the agreement, such as 5 March 2026"}

    agreed_on: MaybeDay = None
    agreed_with: str = ""
    words: str = ""

    def command(self) -> RecordAgreement:
        return RecordAgreement(agreed_on=self.agreed_on, agreed_with=self.agreed_with, words=self.words)


def _number(text: str) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID))
    return min(int(text), LARGEST_ID) if plain else 0
