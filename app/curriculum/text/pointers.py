"""Containers that lead elsewhere: to something to do in this module, or to a film."""

from markdown_it.common.utils import escapeHtml

from app.curriculum.problems import one_of_these
from app.curriculum.text.blocks import Block, Box
from app.curriculum.text.context import Writing

TO_DO = "do_"
"""Begins the id of an activity's place below the text. (No heading of a course makes an id with an underscore.)"""


def activity_html(writing: Writing, block: Block, body: str) -> str:
    """A link, in place, to an activity of this module. Not yet cleaned."""
    key = block.title
    activity = writing.activities.get(key)
    if activity is None:
        remedy = one_of_these(key, writing.activities)
        writing.tell(f"unknown activity '{key}' of this module", remedy, block.line)
        return ""
    if block.box is Box.REFLECTION and not (activity.kind == "note" and activity.sharing == "never"):
        message = f"'{key}' is no private note"
        writing.tell(message, "Name an activity of kind: note with sharing: never, or write ::: activity", block.line)
    kind, said = ("Only for you", "Write it down") if block.box is Box.REFLECTION else ("To do", "Go to it")
    link = f'<p><a href="#{TO_DO}{escapeHtml(key)}">{said}</a></p>'
    return f'<div class="app-try"><p class="app-box__kind">{kind}</p>{body}{link}</div>\n'


def video_html(writing: Writing, block: Block, transcript: str) -> str:
    """A link to a film, and its words: a ward PC may have no sound, and may not reach it. Not yet cleaned."""
    address, _, title = (part.strip() for part in block.title.partition("|"))
    if not address.startswith("https://") or not title:
        message = f"the video '{block.title[:60]}' has no address or no title"
        writing.tell(message, "Write ::: video https://… | Title", block.line)
        return ""
    return (
        f'<div class="app-aside" role="note"><p class="app-box__kind">Video</p>'
        f'<p><a href="{escapeHtml(address)}">{escapeHtml(title)}</a></p>'
        '<details class="nhsuk-details"><summary class="nhsuk-details__summary">'
        '<span class="nhsuk-details__summary-text">All that is said in it</span></summary>'
        f'<div class="nhsuk-details__text">{transcript}</div></details></div>\n'
    )
