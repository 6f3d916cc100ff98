"""A word that a course explains can be looked up, by those for whom the course is."""

from tests.client import document
from tests.curriculum.guide import Folder
from tests.world import World

BEFORE = "No course is loaded yet."


def test_it_explains_the_words_of_ones_own_courses(world: World, folder: Folder) -> None:
    staff, partner = world.hire("Ann", "Lee"), world.partner("Rosie")
    assert BEFORE in document(world.client(staff).get("/glossary")).text
    world.load_courses(folder.path)
    page = document(world.client(staff).get("/glossary"))
    assert [term.text for term in page.all("dt")] == ["baseline"]
    assert "How things were before any change was tried" in page.text
    assert BEFORE in document(world.client(partner).get("/glossary")).text


def test_the_words_stand_in_the_order_of_the_alphabet(world: World) -> None:
    world.load_courses()
    page = document(world.client(world.partner("Rosie")).get("/glossary"))
    words = [str(term.text) for term in page.all("dt")]
    assert words == sorted(words, key=str.casefold)
    assert words
