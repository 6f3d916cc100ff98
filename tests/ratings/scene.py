"""A ward with a lead, a manager and two nurses, in a trust that has agreed ratings with staff side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.capability.queries.asked import who_is_asked
from app.capability.queries.kept import chosen_people
from app.kernel.db import ReadSession, table
from app.organisation.models import Employment, Person, Team
from app.ratings import commands, queries
from app.ratings.choosing import SkillsQuery
from app.ratings.models import RatingAgreement
from app.ratings.queries import Skills, Voices
from app.ratings.rules import OVERALL, Said
from tests.world import World


def grid(world: World, person: Person | int, as_at: date | None = None, **query: str) -> Skills:
    with world.db.read() as session:
        return grid_in(world, session, person, as_at, **query)


def grid_in(
    world: World, session: ReadSession, person: Person | int, as_at: date | None = None, **query: str
) -> Skills:
    """All whom somebody rates, skill by skill. Raises NotFoundError for whoever rates nobody."""
    actor = world.actor(person)
    choice = SkillsQuery.model_validate({"directorate": "all", **query}).choice()
    return queries.skills(session, actor, choice, chosen_people(session, actor), who_is_asked, world.today, as_at)


@dataclass
class Scene:
    world: World
    team: Team
    lead: Person
    manager: Person
    ann: Person
    ben: Person

    @classmethod
    def of(cls, world: World, name: str = "Medicine", *, agreed: bool = True) -> "Scene":
        team = world.team("Larch ward", name)
        manager = world.hire("Maya", "Osei", team=team, job_role="Ward manager", band="7")
        scene = cls(
            world,
            team,
            world.lead(name, given_name="Teresa", family_name="Hollis"),
            manager,
            world.hire("Ann", "Bell", team=team, manager_id=manager.id),
            world.hire("Ben", "Kim", team=team, manager_id=manager.id),
        )
        if agreed:
            scene.agree()
        return scene

    def agree(self) -> int:
        command = commands.RecordAgreement(
            agreed_on=self.world.today, agreed_with="the joint committee", words="For development alone."
        )
        with self.world.db.write() as session:
            return commands.record_agreement(session, SYSTEM, command, self.world.now).id

    def end_agreement(self) -> None:
        with self.world.db.write() as session:
            agreement_id = int(session.scalars(sa.select(sa.func.max(table(RatingAgreement).c.id))).one())
            commands.end_agreement(session, SYSTEM, commands.EndAgreement(agreement_id), self.world.now)

    def says(self, person: Person, said: Said = Said.LEADS, reflection: str = "", **levels: Said) -> None:
        command = commands.RateMyself(said={OVERALL: said, **levels}, reflection=reflection)
        with self.world.db.write() as session:
            commands.rate_myself(session, self.world.actor(person), command, self.world.now)

    def shares(self, person: Person, rater: Person | None = None) -> None:
        with self.world.db.write() as session:
            commands.share_with(session, self.world.actor(person), (rater or self.lead).id, self.world.now)

    def stops(self, person: Person, rater: Person | None = None) -> None:
        with self.world.db.write() as session:
            commands.stop_sharing(session, self.world.actor(person), (rater or self.lead).id, self.world.now)

    def judges(self, rater: Person, said: Mapping[int, Said], team: Team | None = None) -> int:
        command = commands.RateTeam(team_id=(team or self.team).id, said=said)
        with self.world.db.write() as session:
            return commands.rate_team(session, self.world.actor(rater), command, self.world.now).changed

    def rates(self, rater: Person, person: Person, **levels: Said) -> int:
        command = commands.RatePerson(person_id=person.id, said=levels)
        with self.world.db.write() as session:
            return commands.rate_person(session, self.world.actor(rater), command, self.world.now, who_is_asked)

    def writes(self, person: Person, rater: Person, words: str) -> None:
        command = commands.WriteToRater(with_id=rater.id, words=words)
        with self.world.db.write() as session:
            commands.write_to_rater(session, self.world.actor(person), command, self.world.now)

    def answers(self, rater: Person, person: Person, words: str) -> None:
        command = commands.WriteToPerson(person_id=person.id, words=words)
        with self.world.db.write() as session:
            commands.write_to_person(session, self.world.actor(rater), command, self.world.now)

    def asks(self, manager: Person, lead: Person | None = None) -> None:
        command = commands.Delegate(team_id=self.team.id, manager_id=manager.id)
        with self.world.db.write() as session:
            commands.delegate(session, self.world.actor(lead or self.lead), command, self.world.now)

    def takes_back(self, lead: Person | None = None) -> None:
        with self.world.db.write() as session:
            commands.take_back_team(session, self.world.actor(lead or self.lead), self.team.id, self.world.now)

    def manages(self, manager: Person, *people: Person) -> None:
        """From now on these people's posts name this manager."""
        post = table(Employment)
        with self.world.db.write() as session:
            ids = [one.id for one in people]
            session.execute(sa.update(post).where(post.c.person_id.in_(ids)).values(manager_id=manager.id))

    def matron(self) -> Person:
        """Somebody of another ward of the directorate, who manages Ben."""
        ward = self.world.team("Rowan ward", "Medicine")
        matron = self.world.hire("Mo", "Reed", team=ward, job_role="Matron", band="8a")
        self.manages(matron, self.ben)
        return matron

    def another_lead(self) -> Person:
        other = self.world.hire("Nora", "Quist", team=self.world.team("Management", "Medicine"))
        self.world.grant(other, Role.LEAD, "directorate", self.world.directorate("Medicine").id)
        return other

    def seen_by(self, rater: Person, person: Person) -> Voices:
        with self.world.db.read() as session:
            queries.rated_person(session, self.world.actor(rater), person.id, self.world.today)
            return queries.voices_for_rater(session, self.world.actor(rater), person.id)

    def mine(self, person: Person) -> Voices:
        with self.world.db.read() as session:
            return queries.my_voices(session, self.world.actor(person))
