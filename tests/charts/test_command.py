"""qi charts analyse: what it writes, and how it says what is wrong with a file."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from app.cli import app
from tests.charts.files import DATA

ENGLAND = [str(DATA / "england_attendances_data.csv"), "--date", "period", "--value", "attendances"]
TRUSTS = [str(DATA / "ae_attendances_five_trusts.csv"), "--date", "period", "--value", "breaches"]
TRUST_CODES = {"R1H", "RAS", "RJC", "RJZ", "RR1"}
LABELS = {
    "common", "above", "below", "trend_up", "trend_down", "near_upper", "near_lower", "shift_high", "shift_low",
}  # fmt: skip


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["charts", "analyse", *words])


def as_json(*words: str) -> list[dict[str, Any]]:
    result = run(*words, "--format", "json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_json_has_one_object_a_series_with_every_field() -> None:
    (found,) = as_json(*ENGLAND, "--chart", "xmr", "--rules", "nhs", "--target", "2000000", "--wanted", "decrease")
    assert set(found) >= {
        "series", "chart", "rules", "points", "longest_run", "longest_run_max", "crossings", "crossings_min", "signal",
        "variation", "assurance", "warnings", "phases",
    }  # fmt: skip
    assert (found["series"], found["chart"], found["rules"]) == ("attendances", "xmr", "nhs")
    assert len(found["points"]) == len(found["moving_ranges"]) == 36
    assert set(found["points"][0]) == {"x", "y", "centre", "lower", "upper", "phase", "label"}
    assert found["points"][0]["x"] == "2016-04-01"
    assert {point["label"] for point in found["points"]} <= LABELS
    assert found["assurance"] == "inconsistent"


@pytest.mark.parametrize("kind", ["run", "xmr", "i", "mr", "p", "u", "c", "g", "t", "pp", "up"])
@pytest.mark.parametrize("rules", ["nhs", "anhoej", "ihi", "western"])
def test_every_chart_with_every_rule_set(kind: str, rules: str) -> None:
    more = [] if kind in {"c", "g", "t"} else ["--denominator", "attendances"]
    found = as_json(*TRUSTS, *more, "--by", "org_code", "--chart", kind, "--rules", rules)
    assert {one["series"] for one in found} == TRUST_CODES
    assert {point["label"] for one in found for point in one["points"]} <= LABELS


def test_a_series_may_be_chosen_and_charted_in_percent() -> None:
    more = ["--denominator", "attendances", "--by", "org_code", "--series", "RJZ", "--chart", "p", "--multiply", "100"]
    (found,) = as_json(*TRUSTS, *more)
    assert found["series"] == "RJZ"
    assert 10 < found["points"][0]["centre"] < 100


def test_rebase_exclude_and_baseline() -> None:
    (found,) = as_json(
        *ENGLAND, "--chart", "i", "--rebase", "2018-04-01", "--exclude", "2", "--exclude", "3", "--baseline", "12"
    )
    assert [point["phase"] for point in found["points"]] == [1] * 24 + [2] * 12
    assert [phase["from"] for phase in found["phases"]] == ["2016-04-01", "2018-04-01"]


def test_screening_may_be_switched_off() -> None:
    words = [str(DATA / "deviations_data.csv"), "--date", "date", "--value", "data", "--chart", "xmr"]
    (screened,), (whole,) = as_json(*words), as_json(*words, "--no-screen")
    assert screened["points"][0]["upper"] < whole["points"][0]["upper"]


def test_table_svg_and_html() -> None:
    table = run(*ENGLAND, "--chart", "xmr")
    assert "2018-03-01" in table.stdout
    assert "The last value is 2,167,550 (March 2019)" in table.stdout
    svg = run(*ENGLAND, "--chart", "xmr", "--format", "svg")
    assert ET.fromstring(svg.stdout).tag == "{http://www.w3.org/2000/svg}svg"
    html = run(*ENGLAND, "--chart", "xmr", "--format", "html")
    assert html.stdout.startswith("<!doctype html>")
    assert "<figcaption>" in html.stdout


def test_an_svg_holds_one_chart() -> None:
    result = run(*TRUSTS, "--by", "org_code", "--chart", "c", "--format", "svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--series" in result.stderr


def _refused(tmp_path: Path, content: str, *words: str) -> str:
    file = tmp_path / "falls.csv"
    file.write_text(content)
    result = run(str(file), "--date", "month", "--value", "falls", *(words or ("--chart", "xmr")))
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    message: str = result.stderr.replace(str(file), "falls.csv").strip()
    return message


RATE = ("--denominator", "beds", "--chart")


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("date,falls\n2024-01-01,3", (), "falls.csv, line 1: There is no column month. It has: date, falls."),
        ("month,falls\n2024-01-01,3\n2024-02-01,lots", (), "falls.csv, line 3, column falls: “lots” is no number."),
        ('month,falls\n2024-01-01,"1,234"', (), "falls.csv, line 2, column falls: “1,234” is no number."),
        ("month,falls\n2024-01-01,inf", (), "column falls: “inf” is no number."),
        ("month,falls\n01/02/2024,3", (), "falls.csv, line 2, column month: “01/02/2024” is no date."),
        ("month,falls\n2024-02-30,3", (), "line 2, column month: 2024-02-30 is no day of the calendar."),
        ("month,falls\n,3", (), "line 2, column month: The date is empty."),
        ("month,falls\n2024-01-01,3\n2,4", (), "line 3, column month: 2 mixes dates with numbers."),
        ("month,falls\n2024-01-01,3\n2024-01-01,4", (), "line 3, column month: 2024-01-01 is there twice."),
        ("month,falls\n", (), "falls.csv: It has no rows."),
        ("", (), "falls.csv: It has no rows."),
        ("month,falls,falls\n1,2,3", (), "2 columns are called falls."),
        ("month,falls\n1,2,3", (), "falls.csv, line 2: 3 cells, where the header has 2."),
        ("month,falls,beds\n1,2,10\n2,3,", (*RATE, "p"), "line 3, column beds: The denominator is empty."),
        ("month,falls,beds\n1,2,10\n2,0,0", (*RATE, "u"), "line 3, column beds: The denominator 0 is not above zero."),
        ("month,falls,beds\n1,-2,10", (*RATE, "u"), "line 2, column falls: -2 is below zero, and a count cannot be."),
        ("month,falls,beds\n1,12,10", (*RATE, "p"), "line 2, column falls: 12 is more than its denominator, 10."),
        ("month,falls\n1,2\n2,0", ("--chart", "t"), "line 3, column falls: 0 is not above zero"),
        ("month,falls\n1,-1", ("--chart", "g"), "line 2, column falls: -1 is below zero"),
        ("month,falls\n1,1", ("--chart", "p"), "A P chart needs a denominator. Name its column with --denominator."),
        ("month,falls,beds\n1,1,2", (*RATE, "c"), "A C chart takes no denominator."),
        ("month,falls\n1,1", ("--chart", "i", "--rebase", "7"), "No point is at 7"),
        ("month,falls\n1,1", ("--chart", "i", "--exclude", "2"), "There is no point 2 to exclude."),
        ("month,falls\n1,1", ("--chart", "i", "--baseline", "5"), "A baseline of 5 is too short"),
        ("month,falls\n1,1", ("--chart", "i", "--by", "ward"), "There is no column ward."),
        ("month,falls,ward\n1,1,A", ("--chart", "i", "--by", "ward", "--series", "B"), "no series B. It has: A."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_line_column_and_remedy(
    tmp_path: Path, content: str, words: tuple[str, ...], said: str
) -> None:
    message = _refused(tmp_path, content, *words)
    assert message.startswith("falls.csv")
    assert said in message


def test_a_fault_in_one_series_names_it(tmp_path: Path) -> None:
    content = "month,falls,beds,ward\n1,1,9,A\n1,12,9,B"
    message = _refused(tmp_path, content, *RATE, "p", "--by", "ward")
    assert message.startswith("falls.csv, line 3, column falls: Series B: 12 is more than its denominator, 9.")


def test_no_file_and_no_text() -> None:
    assert "could not be read: No such file" in run("nowhere.csv", "--date", "a", "--value", "b", "--chart", "i").stderr


def test_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    file.write_bytes("month,falls\n2024-01-01,3 £".encode("utf-16"))
    result = run(str(file), "--date", "month", "--value", "falls", "--chart", "i")
    assert result.exit_code == 1
    assert "It is not UTF-8 text. Save it as “CSV UTF-8”." in result.stderr


def test_rows_in_any_order_and_spreadsheet_marks_are_read(tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    file.write_bytes("\ufeffmonth,falls\r\n2024-03-01,3\r\n\r\n2024-01-01,1\r\n2024-02-01,\r\n".encode())
    (found,) = as_json(str(file), "--date", "month", "--value", "falls", "--chart", "run")
    assert [(point["x"], point["y"]) for point in found["points"]] == [
        ("2024-01-01", 1),
        ("2024-02-01", None),
        ("2024-03-01", 3),
    ]


def test_a_date_without_the_rebase_stays_whole_where_another_series_has_it(tmp_path: Path) -> None:
    file = tmp_path / "falls.csv"
    file.write_text("month,falls,ward\n1,1,A\n2,2,A\n1,1,B\n3,2,B")
    found = as_json(str(file), "--date", "month", "--value", "falls", "--by", "ward", "--chart", "run", "--rebase", "3")
    assert [len(one["phases"]) for one in found] == [1, 2]
