"""The menu says where somebody is, also on a page behind one of its places."""

import re

from tests.world import World


def current(world: World, person: int, path: str) -> list[tuple[str, str]]:
    """What is marked in the menu, and how."""
    html = world.client(person).get(path).text
    return re.findall(r'<a href="([^"]+)" aria-current="(\w+)">', html)


def test_a_page_of_the_menu_is_marked_as_the_page_and_one_behind_it_as_its_place(world: World) -> None:
    world.load_courses()
    person = world.hire().id
    assert current(world, person, "/courses") == [("/courses", "page")]
    assert current(world, person, "/courses/induction") == [("/courses", "true")]
    assert current(world, person, "/courses/induction/why-everyone") == [("/courses", "true")]
    assert current(world, person, "/account") == []
