"""A file of data is a figure in a module's text, and every slip in it is told."""

import re

import pytest

from app.assessment.kinds import KINDS as QUESTIONS
from app.curriculum.checking import read_courses
from app.curriculum.text.diagrams import drawn, table_html
from app.curriculum.text.drawing import written
from tests.curriculum.diagrams import diagram_of
from tests.curriculum.guide import HOME, Folder

TEXT = f"{HOME}/01-cold-tea.md"
BODY = """\
| Day | Cold cups | Of |
| --- | --: | --: |
| Monday | 9 | 20 |
| Tuesday | 12 | 20 |
| Wednesday | 8 | 20 |
"""


def _with_figure(folder: Folder, data: str, body: str = "") -> None:
    (folder / f"{HOME}/figures/cups.svg").unlink()
    folder.swap(TEXT, "cups.svg", "cups.yaml")
    folder.swap(TEXT, BODY, body)
    folder.write(f"{HOME}/figures/cups.yaml", data)


LADDER = """\
kind: ladder
title: From weak to strong
description: Three rungs.
rungs:
  - {text: Tell people, example: A mail}
  - {text: Teach people, example: A session}
  - {text: Make it usual, example: A default}
"""
PROCESS = """\
kind: process-map
title: Tea
description: Three steps.
lanes: [Cook, Porter]
steps:
  - {lane: Cook, text: Boils, minutes: 5}
  - {lane: Porter, text: Carries, wait: 10, minutes: 5}
  - {lane: Porter, text: Pours, minutes: 5}
"""
DRIVERS = """\
kind: driver-diagram
title: Tea
description: Two drivers.
aim: Hot tea by June
drivers:
  - text: A trolley that keeps warm
    secondary: [{text: A lid}]
  - {text: A shorter way}
"""
CHART = f"""\
kind: chart
title: Tea
description: Ten weeks.
chart: run
measure:
  title: Cold cups
  points: [{", ".join(f"{{at: {n}, value: {n % 3}}}" for n in range(1, 11))}]
notes: [{{at: 4, text: A new trolley}}]
"""
PARETO = """\
kind: pareto
title: Tea
description: Three kinds.
unit: Cold cups
categories: [{text: Late, count: 3}, {text: Far, count: 2}, {text: Other, count: 4}]
"""


@pytest.mark.parametrize("data", [LADDER, PROCESS, DRIVERS, CHART, PARETO])
def test_a_figure_from_data_has_two_pictures_and_its_table(folder: Folder, data: str) -> None:
    _with_figure(folder, data)
    read = read_courses(folder.path, QUESTIONS)
    assert [str(problem) for problem in read.problems] == []
    html = read.courses[0].modules[0].html
    assert 'class="app-figure app-figure--two" id="figure-cups"' in html
    assert html.count('role="img"') == 2
    assert html.count('class="app-table__table"') == 1
    assert 'aria-label="Table: Cold cups of every 20, day by day. Thursday was not counted."' in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


SLIPS = [
    (LADDER, "kind: ladder", "kind: lader", "unknown kind 'lader'", "Did you mean 'ladder'?"),
    (LADDER, "kind: ladder\n", "", "'kind' is missing", "one of: model-for-improvement"),
    (LADDER, "title: From", "titel: From", "unknown field 'titel'", "Write 'title'"),
    (LADDER, "A mail", "x" * 81, "'example' is too long", "at most 80"),
    (LADDER, "Tell people", "'**Tell** people'", "'**' would be shown as it is", "plain words"),
    (LADDER, "Tell people", "'{{qi_team}}'", "'{{' would be shown as it is", "plain words"),
    (LADDER, "rungs:\n  - {text: Tell people, example: A mail}\n", "rungs:\n", "'rungs' has 2 entries", "at least 3"),
    (PROCESS, "lane: Cook", "lane: Cok", "unknown lane 'Cok'", "Did you mean 'Cook'?"),
    (PROCESS, "[Cook, Porter]", "[Cook, Porter, Cook]", "the lane 'Cook' is there twice", "Keep one"),
    (PROCESS, "minutes: 5}", "minutes: -5}", "'minutes' is -5", "0 or more"),
    (DRIVERS, "[{text: A lid}]", "[{text: A lid}]\n    ideas: [Felt]", "ideas of its own", "secondary driver"),
    (CHART, "at: 4, text", "at: 40, text", "no point of the chart is at 40", "of a point"),
    (CHART, "chart: run", "chart: rum", "'rum' is not a value of 'chart'", "'run'"),
    (CHART, "chart: run", "chart: p", "out of how many", "choose another chart"),
    (CHART, "at: 7, value: 1", "at: soon, value: 1", "'soon' cannot be used as 'at'", "2026-03-01"),
    (PARETO, "text: Far", "text: Late", "the category 'Late' is there twice", "Keep one"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "old", "new", "message", "remedy"), SLIPS)
def test_a_slip_in_the_data_is_told_with_its_line_and_remedy(
    folder: Folder, data: str, old: str, new: str, message: str, remedy: str
) -> None:
    _with_figure(folder, data)
    line = folder.swap(f"{HOME}/figures/cups.yaml", old, new)
    problems = [p for p in folder.problems() if message in p.message]
    assert problems, "\n".join(str(p) for p in folder.problems())
    assert problems[0].file == f"courses/{HOME}/figures/cups.yaml"
    assert remedy in problems[0].remedy
    assert abs(problems[0].line - line) <= 1 + new.count("\n")


def test_a_figure_from_data_has_no_words_of_its_own(folder: Folder) -> None:
    _with_figure(folder, LADDER, BODY)
    problem = folder.only()
    assert "is drawn from data and has words inside" in problem.message
    assert problem.file == f"courses/{TEXT}"


def test_a_drawing_by_hand_still_needs_its_table(folder: Folder) -> None:
    folder.swap(TEXT, BODY, "")
    assert {"'::: figure' is empty", "the figure cups.svg has no table"} <= {p.message for p in folder.problems()}


def test_data_that_no_module_shows_is_told(folder: Folder) -> None:
    folder.write(f"{HOME}/figures/ladder.yaml", LADDER)
    assert folder.only().message == "is used nowhere"


def test_hostile_words_stay_words(folder: Folder) -> None:
    _with_figure(
        folder, LADDER.replace("A mail", "'<script>alert(1)</script>'").replace("A session", "\"5 < 6 & 'x'\"")
    )
    assert any("would be shown as it is" in p.message for p in folder.problems())
    diagram = diagram_of("ladder", {"rungs": [{"text": "<b>", "example": '"><script>x</script>'}] * 3})
    made = drawn(diagram)
    for html in (written(made.wide, "f-"), written(made.narrow, "f-"), table_html(made.table, '"><script>')):
        assert "<script" not in html
        assert "<b>" not in html
