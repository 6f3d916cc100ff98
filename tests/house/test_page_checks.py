"""The checks that every page of every test goes through must themselves be able to fail."""

import pytest

from tests.client import problems
from tests.document import Document

POLICY = "script-src 'self' 'nonce-abc'"
GOOD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Courses – A Trust</title></head>
<body><main id="main"><h1>Courses</h1>
<form action="/x" method="post"><label for="a">Name</label><input id="a" name="a" aria-describedby="hint">
<p id="hint">As you like it.</p><button>Send</button></form>
<script nonce="abc">1</script></main></body></html>"""


def test_a_good_page_passes() -> None:
    assert problems(Document(GOOD), POLICY) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("<h1>Courses</h1>", "<h1>Courses</h1><h1>More</h1>", "2 h1 elements"),
        ("<h1>Courses</h1>", "<h2>Courses</h2>", "0 h1 elements"),
        ("<title>Courses", "<title>A Trust", "does not begin with"),
        ("<h1>Courses</h1>", '<h1>Courses</h1><div class="nhsuk-error-summary">!</div>', "'Error: Courses'"),
        ('id="hint"', 'id="a"', "id used 2 times: a"),
        ('<label for="a">Name</label>', "Name", "input 'a' has no label"),
        ('action="/x"', "", "a form without an address"),
        ('action="/x"', 'action="//elsewhere.example/x"', "a form without an address"),
        ("<button>Send</button>", "", "has no button"),
        ('nonce="abc"', 'nonce="guessed"', "without the nonce"),
        ('<script nonce="abc">1', '<script src="https://elsewhere.example/x.js">', "from another host"),
        ("<h1>", '<h1 style="color:red">', "inline style"),
        ("<button>", '<button onclick="x()">', "inline handler"),
        ('aria-describedby="hint"', 'aria-describedby="gone"', "points at nothing"),
        ('for="a"', 'for="b"', "points at nothing"),
        ("<h1>Courses</h1>", "<h1>Courses</b></h1>", "does not parse"),
        ("<h1>Courses</h1>", '<h1>Courses</h1><a href="/"></a>', "a link without words"),
        ("<h1>Courses</h1>", '<h1>Courses</h1><a href="javascript:x()">go</a>', "runs a script"),
        ("<h1>Courses</h1>", '<h1>Courses</h1><img src="/a.png">', "without alt"),
        ("<h1>Courses</h1>", "<h1>Courses</h1><table><tr><td>1</td></tr></table>", "without header cells"),
        ('<html lang="en">', "<html>", "no lang"),
    ],
)
def test_a_page_with_one_fault_is_refused_for_that_fault(was: str, becomes: str, said: str) -> None:
    assert was in GOOD
    found = problems(Document(GOOD.replace(was, becomes)), POLICY)
    assert any(said in line for line in found), found


def test_a_part_of_a_page_needs_no_heading_but_good_fields() -> None:
    assert problems(Document('<div id="rows"><label>Name <input name="a"></label></div>'), POLICY) == []
    assert problems(Document('<div id="rows"><input name="a"></div>'), POLICY) == ["input 'a' has no label"]


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    html = """<div><form action="/save" method="post"><input type="hidden" name="_once" value="k">
    <input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" value="2">
    <select name="s"><option value="x">X</option><option value="y" selected>Y</option></select>
    <textarea name="t">
line</textarea><input name="off" value="1" disabled><button name="b" value="1">Go</button></form></div>"""
    form = Document(html).forms[0]
    assert form.fields == {"_once": ["k"], "c": ["1"], "s": ["y"], "t": ["line"]}
