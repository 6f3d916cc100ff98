"""What course text may hold inside a line besides Markdown: terms, references, the trust's own words."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from app.curriculum.problems import one_of_these
from app.curriculum.text.context import Writing, slug
from app.curriculum.words import TOKENS

_TERM = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_CITATION = re.compile(r"\[@([^\[\]\s]+)\]")
_WORD = re.compile(r"\{\{([^{}\n]*)\}\}")
_TAG = re.compile(r"<[A-Za-z/!?]")


def add_inline_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("link", "term", _term)
    md.inline.ruler.before("link", "citation", _citation)
    md.inline.ruler.before("link", "trust_word", _trust_word)
    md.inline.ruler.before("link", "picture", _picture)
    md.inline.ruler.after("autolink", "markup", _markup)
    for name in ("term", "citation", "trust_word"):
        md.add_render_rule(name, _as_written)


def said(token: Token) -> str:
    """The words of an inline token as somebody would read them aloud."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        else:
            parts.append(child.meta.get("said", ""))
    return "".join(parts)


def line_of(state: StateInline) -> int:
    writing = writing_of(state.env)
    return writing.line + state.src[: state.pos].count("\n")


def writing_of(env: EnvType) -> Writing:
    found = env["writing"]
    assert isinstance(found, Writing)
    return found


def _push(state: StateInline, name: str, found: re.Match[str], html: str, said_as: str) -> bool:
    token = state.push(name, "", 0)
    token.content = html
    token.meta = {"said": said_as}
    state.pos += len(found[0])
    return True


def _as_written(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    return tokens[index].content


def _term(state: StateInline, silent: bool) -> bool:
    found = _TERM.match(state.src, state.pos)
    if not found or silent:
        return bool(found)
    writing, words = writing_of(state.env), found[1].strip()
    key = words.casefold()
    if writing.plain:
        writing.tell(f"the term '[[{words}]]' stands outside a module's text", "Write the words alone", line_of(state))
    elif key not in writing.terms:
        remedy = one_of_these(words, [t.term for t in writing.terms.values()])
        writing.tell(f"unknown term '{words}'", f"{remedy}. Or add it to glossary.yaml", line_of(state))
    else:
        return _push(state, "term", found, _term_html(writing, key, words), words)
    return _push(state, "term", found, escapeHtml(words), words)


def _term_html(writing: Writing, key: str, words: str) -> str:
    name = slug(writing.terms[key].term)
    first = key not in writing.used
    if first:
        writing.used.append(key)
    back = f' id="{writing.prefix}use-{name}"' if first else ""
    return f'<a class="app-term" href="#{writing.prefix}term-{name}"{back}>{escapeHtml(words)}</a>'


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos)
    if not found or silent:
        return bool(found)
    writing, source = writing_of(state.env), found[1]
    if writing.plain:
        remedy = "Name the source in the question's 'source'"
        writing.tell(f"the reference '[@{source}]' stands outside a module's text", remedy, line_of(state))
    elif source not in writing.sources:
        remedy = f"{one_of_these(source, writing.sources)}. Or add it to 'sources' in course.yaml"
        writing.tell(f"unknown source '{source}'", remedy, line_of(state))
    else:
        return _push(state, "citation", found, _citation_html(writing, source), "")
    return _push(state, "citation", found, "", "")


def _citation_html(writing: Writing, source: str) -> str:
    first = source not in writing.cited
    if first:
        writing.cited.append(source)
    number = writing.cited.index(source) + 1
    back = f' id="{writing.prefix}cite-{source}"' if first else ""
    hidden = '<span class="nhsuk-u-visually-hidden">source </span>'
    return f'<a class="app-cite" href="#{writing.prefix}source-{source}"{back}>[{hidden}{number}]</a>'


def _trust_word(state: StateInline, silent: bool) -> bool:
    found = _WORD.match(state.src, state.pos)
    if not found or silent:
        return bool(found)
    writing, word = writing_of(state.env), found[1].strip()
    if word not in TOKENS:
        writing.tell(f"unknown word of the trust '{word}'", one_of_these(word, TOKENS), line_of(state))
    elif not writing.help:
        writing.tell(f"'{{{{{word}}}}}' stands outside '::: help'", "Move it into a ::: help", line_of(state))
    else:
        return _push(state, "trust_word", found, "{{" + word + "}}", "the team")
    return _push(state, "trust_word", found, "", "")


def _picture(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        remedy = "Draw it as figures/NAME.svg and show it with ::: figure NAME.svg | Caption"
        writing_of(state.env).tell("pictures are not used in course text", remedy, line_of(state))
        state.pending += "!"
        state.pos += 1
    return not silent


def _markup(state: StateInline, silent: bool) -> bool:
    if not _TAG.match(state.src, state.pos):
        return False
    if not silent:
        remedy = "Use Markdown, or write &lt; where you mean the sign <"
        writing_of(state.env).tell("HTML is not used in course text", remedy, line_of(state))
        state.pending += "<"
        state.pos += 1
    return not silent
