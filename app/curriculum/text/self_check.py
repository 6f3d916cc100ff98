"""A question between two paragraphs: each answer unfolds and says why. Nothing is stored, and no script is needed."""

import re

from markdown_it.common.utils import escapeHtml

from app.curriculum.text.blocks import Block
from app.curriculum.text.boxes import box_head
from app.curriculum.text.context import Writing
from app.curriculum.text.markup import Passage, render_line

FEWEST, MOST = 2, 5
_ANSWER = re.compile(r"^- \((x| )\) (.+?) \| (.+)$")


def self_check(writing: Writing, block: Block) -> tuple[str, list[Passage]]:
    """As HTML that is not yet cleaned, and its words. A slip in an answer is a finding at its line."""
    answers, passages = [], []
    for number, line in enumerate(block.body.split("\n"), start=block.first):
        if not line.strip():
            continue
        found = _ANSWER.match(line)
        if not found:
            writing.tell(
                "this line is no answer", "Write - ( ) wrong answer | why, or - (x) right answer | why", number
            )
            continue
        right, (answer, plain), (why, said) = found[1] == "x", *(render_line(writing, found[n], number) for n in (2, 3))
        answers.append((right, answer, why))
        passages += [Passage(number, words, counts=True) for words in (plain, said)]
    right_ones = sum(right for right, _, _ in answers)
    if not FEWEST <= len(answers) <= MOST or right_ones != 1:
        remedy = f"Write {FEWEST} to {MOST} answers, one of them with (x)"
        message = f"the self-check '{block.title}' has no single right answer: {right_ones} of {len(answers)} are right"
        writing.tell(message, remedy, block.line)
    folded = "".join(_answer(*one) for one in answers)
    return f'<div class="app-self-check">{box_head(writing, block)}{folded}</div>\n', passages


def _answer(right: bool, answer: str, why: str) -> str:
    said = "Yes." if right else "No."
    return (
        '<details class="nhsuk-details app-self-check__answer"><summary class="nhsuk-details__summary">'
        f'<span class="nhsuk-details__summary-text">{answer}</span></summary>'
        f'<div class="nhsuk-details__text"><p><strong>{escapeHtml(said)}</strong> {why}</p></div></details>'
    )
