"""What closes a text: the words that it used, and its sources in the order of their numbers."""

from urllib.parse import urlsplit

from markdown_it.common.utils import escapeHtml

from app.curriculum.format import Source
from app.curriculum.text.context import Writing, slug


def appendix_html(writing: Writing) -> str:
    """Not yet cleaned; empty when the text used no term and no source."""
    return _terms(writing) + _sources(writing)


def _terms(writing: Writing) -> str:
    if not writing.used:
        return ""
    entries = "".join(_term(writing, key) for key in sorted(writing.used))
    made_id = writing.new_id("words-used-here")
    return (
        f'<section class="app-terms" aria-labelledby="{made_id}"><h2 class="app-heading" id="{made_id}">'
        f"Words used here</h2><dl>{entries}</dl></section>\n"
    )


def _term(writing: Writing, key: str) -> str:
    term = writing.terms[key]
    name = slug(term.term)
    source = f" ({escapeHtml(term.source)})" if term.source else ""
    return (
        f'<dt id="{writing.prefix}term-{name}">{escapeHtml(term.term)}</dt>'
        f"<dd>{escapeHtml(term.definition)}{source} {_back(f'{writing.prefix}use-{name}', term.term)}</dd>"
    )


def _sources(writing: Writing) -> str:
    if not writing.cited:
        return ""
    entries = "".join(_source(writing, writing.sources[key]) for key in writing.cited)
    made_id = writing.new_id("sources-of-this-part")
    return (
        f'<section class="app-sources" aria-labelledby="{made_id}"><h2 class="app-heading" id="{made_id}">'
        f"Sources</h2><ol>{entries}</ol></section>\n"
    )


def _source(writing: Writing, source: Source) -> str:
    link = ""
    if source.url:
        address = str(source.url)
        host = urlsplit(address).hostname or address
        link = f' <a href="{escapeHtml(address)}">Read it at {escapeHtml(host)}</a>'
    back = _back(f"{writing.prefix}cite-{source.id}", "this source")
    return f'<li id="{writing.prefix}source-{source.id}">{escapeHtml(source.text)}{link} {back}</li>'


def _back(target: str, what: str) -> str:
    hidden = f'<span class="nhsuk-u-visually-hidden">, where {escapeHtml(what)} is first used</span>'
    return f'<a class="app-back" href="#{target}">Back to the text{hidden}</a>'
