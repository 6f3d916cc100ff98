"""Two views of people: of their directorate's first, who leads it, and their own; of some of them skill by skill."""

from random import Random

from app.curriculum.queries import competencies
from app.ratings.models import Rating, RatingAgreement, RatingShare
from app.ratings.rules import JUDGEMENTS, LEVELS, Said, Voice
from bench.people import Staff, at
from bench.rows import Rows

JUDGED, OWN, SHARED, BY_SKILL = 0.7, 0.5, 0.6, 0.3


class Views:
    def __init__(self, rows: Rows, random: Random, staff: Staff) -> None:
        self.rows, self.random, self.staff = rows, random, staff
        self.keys = [one.key for one in competencies(rows.session)]

    def tell(self) -> None:
        self.rows.add(
            RatingAgreement,
            agreed_on=self.staff.today,
            agreed_with="Joint staff committee",
            words="For development alone",
            recorded_at=at(self.staff.today),
            recorded_by_id=self.staff.hr,
        )
        for lead, *people in self.staff.here.values():
            for person in people:
                self._views(person, lead)

    def _views(self, person: int, lead: int) -> None:
        deep = self.random.random() < BY_SKILL
        if deep or self.random.random() < JUDGED:
            self._rated(person, Voice.LEAD, lead, deep=deep)
        if deep or self.random.random() < OWN:
            self._rated(person, Voice.OWN, person, deep=deep)
            if deep or self.random.random() < SHARED:
                self.rows.add(RatingShare, person_id=person, with_id=lead, shared_at=at(self.staff.today))

    def _rated(self, person: int, voice: Voice, whose: int, *, deep: bool) -> None:
        self._said(person, voice, whose, None, self.random.choice(JUDGEMENTS))
        for key in self.keys if deep else ():
            self._said(person, voice, whose, key, self.random.choice(LEVELS))

    def _said(self, person: int, voice: Voice, whose: int, competency: str | None, said: Said) -> None:
        self.rows.add(
            Rating,
            person_id=person,
            voice=voice,
            whose_id=whose,
            author_id=whose,
            competency=competency,
            said=said,
            rated_at=at(self.staff.today, 10),
        )
