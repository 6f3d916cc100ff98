"""What other rooms ask: by few statements however many courses, from memory where nothing can have changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from markupsafe import Markup

from app.curriculum.queries import (
    activity_ids,
    all_courses,
    course_by_slug,
    course_view,
    latest_edition,
    latest_revision,
    latest_view,
    module_html,
    questions,
    tiers,
)
from app.curriculum.rules import ActivityKind, Audience
from app.curriculum.words import TOKENS, fill, trust_words
from app.kernel.config import Settings
from app.kernel.errors import NotFoundError
from tests.curriculum.guide import HOME, Folder
from tests.world import World


@contextmanager
def _statements(world: World) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    sa.event.listen(world.db.engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(world.db.engine, "before_cursor_execute", note)


def test_a_course_is_as_its_files_say(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    with world.db.read() as session:
        row = course_by_slug(session, HOME)
        view = latest_view(session, latest_edition(session, row.id).id)
        ids = activity_ids(session, row.id)
    assert (view.title, view.minutes, view.completion) == ("Hot tea for everybody", 5, ("read-cold-tea", "check"))
    assert view.awards is None
    assert view.objectives[0].competency_title == "Measurement design"
    check = view.activity("check")
    assert check is not None
    assert (check.kind, check.draw, check.pass_mark, check.attempts) == (ActivityKind.ASSESSMENT, 1, 1, None)
    assert (check.quiz, check.title, check.required, check.is_quiz) == ("check", "One question", True, True)
    assert {a.key: a.id for a in view.activities} == ids
    assert view.activity_by_id(check.id) is check


def test_real_courses_come_in_the_order_of_their_tiers_to_their_own_audience(world: World) -> None:
    world.load_courses(every=True)
    with world.db.read() as session:
        staff = [c.slug for c in all_courses(session, Audience.STAFF)]
        order = ["induction", "pocket-qi", "improvement-leaders", "senior-clinical-leaders", "board"]
        assert [slug for slug in staff if slug in order] == order
        assert [c.slug for c in all_courses(session, Audience.PARTNER)] == ["patients-and-carers"]
        pocket = all_courses(session, Audience.STAFF)[1]
        assert [t.slug for t in tiers(session)][:2] == ["induction", "pocket-qi"]
    assert not pocket.partly_open
    assert len(pocket.modules) == len(pocket.open_modules) == 12
    last = pocket.open_modules[-1]
    assert pocket.module_after(last.key) is None
    assert pocket.module_after(pocket.modules[0].key) is pocket.modules[1]


def test_statements_do_not_grow_with_the_courses_and_what_was_read_is_kept(world: World) -> None:
    world.load_courses()
    with _statements(world) as said, world.db.read() as session:
        each = [view for view in all_courses(session, Audience.STAFF) if view.open_modules]
        first = len(said)
        again = [view for view in all_courses(session, Audience.STAFF) if view.open_modules]
        second = len(said) - first
        for view in each:
            module_html(session, view.revision_id, view.open_modules[0].key)
        html = len(said) - first - second
        for view in each:
            module_html(session, view.revision_id, view.open_modules[0].key)
            course_view(session, view.revision_id)
        more = len(said) - first - second - html
    assert (first, second, html, more) == (3, 1, len(each), 0)
    assert [one is two for one, two in zip(each, again, strict=True)] == [True] * len(each)


def test_what_is_not_there_is_not_found(world: World, folder: Folder) -> None:
    world.load_courses(folder.path)
    with world.db.read() as session:
        view = all_courses(session, Audience.STAFF)[0]
        for ask in (
            lambda: course_by_slug(session, "nothing"),
            lambda: course_by_slug(session, HOME, Audience.PARTNER),
            lambda: latest_edition(session, 999),
            lambda: latest_revision(session, 999),
            lambda: course_view(session, 999),
            lambda: module_html(session, view.revision_id, "nothing"),
            lambda: module_html(session, view.revision_id, "cold-tea", easy=True),
        ):
            with pytest.raises(NotFoundError):
                ask()
        assert questions(session, view.revision_id, "nothing") == ()


def test_two_databases_in_one_process_do_not_mix(world: World, folder: Folder) -> None:
    from app.kernel.db import Database

    world.load_courses(folder.path)
    other = Database(world.settings.database_url)
    with world.db.read() as one, other.read() as two:
        here, there = all_courses(one, Audience.STAFF)[0], all_courses(two, Audience.STAFF)[0]
    other.close()
    assert here == there
    assert here is not there


def test_the_trusts_words_are_filled_in_escaped() -> None:
    settings = Settings(
        database_url="sqlite:///x.db",
        qi_contact="Ann <b>O'Neill</b>",
        qi_contact_email='a"b@trust.example',
        qi_contact_phone="020 7946 0100 ext 5",
        pals="PALS & co {{crisis}}",
    )
    words = trust_words(settings)
    assert set(words) == set(TOKENS)
    html = fill("<p>{{qi_contact}} {{pals}}</p>", words)
    assert isinstance(html, Markup)
    assert "Ann &lt;b&gt;O&#39;Neill&lt;/b&gt;" in html
    assert 'href="mailto:a&#34;b@trust.example"' in html
    assert 'href="tel:02079460100' in html
    assert "PALS &amp; co" in html


def test_the_teams_name_begins_a_sentence_with_a_capital_and_an_extension_is_no_telephone_link() -> None:
    words = trust_words(Settings(database_url="sqlite:///x.db", qi_contact="Ann", qi_contact_phone="extension 4417"))
    html = fill("<p>{{qi_team}} helps. Ask {{qi_team}}: {{qi_contact}}. {{qi_team}} answers.</p>", words)
    assert html == "<p>The QI team helps. Ask the QI team: Ann, extension 4417. The QI team answers.</p>"


def test_a_page_without_the_trusts_words_stays_as_it_is() -> None:
    assert fill("<p>x</p>", trust_words(Settings(database_url="sqlite:///x.db"))) == "<p>x</p>"
