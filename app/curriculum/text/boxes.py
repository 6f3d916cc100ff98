"""Each container as HTML."""

from markdown_it.common.utils import escapeHtml

from app.curriculum.text.blocks import Block, Box
from app.curriculum.text.context import Writing

KINDS = {
    Box.EXAMPLE: "Worked example",
    Box.TRY: "Try it",
    Box.ASIDE: "Aside",
    Box.HELP: "Help here",
    Box.SELF_CHECK: "Check yourself",
    Box.FACILITATOR: "For whoever teaches this",
}


def box_html(writing: Writing, block: Block, body: str) -> str:
    """The container around its rendered body; the body alone outside of any. Not yet cleaned."""
    if block.box is Box.TEXT:
        return body
    if block.box is Box.THINK:
        return _think(block.title, body)
    role = ' role="note"' if block.box is Box.ASIDE else ""
    return f'<div class="app-{block.box}"{role}>{box_head(writing, block)}{body}</div>\n'


def box_head(writing: Writing, block: Block) -> str:
    """The container's kind and title, as a heading where it has a title."""
    kind = KINDS.get(block.box, "")
    if not block.title:
        return f'<p class="app-box__kind">{kind}</p>' if kind else ""
    # A container before the first heading stands directly below the page's h1.
    level = "h3" if writing.has_heading else "h2"
    said = f'<span class="app-box__kind">{kind}<span class="nhsuk-u-visually-hidden">: </span></span>'
    made_id = writing.new_id(f"at-{block.title}")
    return f'<{level} class="app-box__title" id="{made_id}">{said}{escapeHtml(block.title)}</{level}>'


def _think(question: str, answer: str) -> str:
    return (
        '<details class="nhsuk-details app-think"><summary class="nhsuk-details__summary">'
        f'<span class="nhsuk-details__summary-text"><span class="app-box__kind">Think first'
        f'<span class="nhsuk-u-visually-hidden">: </span></span>{escapeHtml(question)}</span></summary>'
        f'<div class="nhsuk-details__text">{answer}</div></details>\n'
    )
