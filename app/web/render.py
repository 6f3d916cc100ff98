"""From a page to an answer: our own strict templates, the NHS macros as globals, the whole page or one partial."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

import markupsafe
from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket

from app.access.actor import Actor
from app.kernel.config import ROOT
from app.web import words
from app.web.core import FLASH_COOKIE, Core, cookie_name
from app.web.packing import Prepared, pack, prepared
from app.web.page import Page
from app.web.static import Assets

if TYPE_CHECKING:
    from app.web.router import Answer

NHS_MACROS = (
    "back-link", "button", "checkboxes", "date-input", "details", "error-message", "error-summary", "fieldset",
    "hint", "inset-text", "input", "label", "notification-banner", "pagination", "password-input", "radios", "select",
    "summary-list", "tag", "textarea", "warning-callout",
)  # fmt: skip


VARIES = "HX-Request, HX-Target, Cookie, Accept-Encoding"
_MARK = re.compile(r"<!--prepared (\w+)-->")


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    href: str
    current: str
    """`page` for the page itself, `true` for one that lies behind it, empty for the others."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands at the top of every page, the same for one person until they go elsewhere in the menu.

    `who` is the person's own number: scripts know by it whose words still wait in this browser.
    """

    trust: str
    logo: str
    demonstration: bool
    signed_in: str
    who: str
    menu: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class Chrome:
    """What surrounds every page."""

    trust: str
    bar: markupsafe.Markup
    flash: str
    who_sees: str
    nonce: str
    partner: bool


class _Remembered(BytecodeCache):
    """Templates compiled once in this process: tests make hundreds of apps, a server one."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key + bucket.checksum in self._code:
            bucket.bytecode_from_string(self._code[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_REMEMBERED = _Remembered()


class Pages:
    """The template environment of one app."""

    def __init__(self, assets: Assets) -> None:
        self.assets = assets
        self.env = Environment(
            loader=FileSystemLoader(ROOT / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_REMEMBERED,
        )
        self.env.globals.update(_nhs_macros())
        self.env.globals["once"] = once_field
        self.env.filters.update(words.FILTERS, asset=assets.url)

    def use_routes(self, core: Core) -> None:
        self.env.globals["url"] = core.path_for
        self.bar = lru_cache(maxsize=500)(partial(self._bar, core))

    def html(self, template: str, context: Mapping[str, Any], chrome: Chrome) -> str:
        return self.env.get_template(template).render(chrome=chrome, **context)

    def _bar(self, core: Core, actor: Actor | None, here: str, current: str) -> markupsafe.Markup:
        bar = Bar(
            trust=core.settings.trust_name,
            logo=self.assets.logo,
            demonstration=core.demonstration,
            signed_in=actor.name if actor else "",
            who=str(actor.person_id) if actor else "",
            menu=_menu(core, actor, here, current),
        )
        return self.top("layouts/_bar.html", bar)

    def top(self, template: str, bar: object) -> markupsafe.Markup:
        """What stands above a page, from its own template."""
        html = self.env.get_template(template).render(bar=bar)
        return markupsafe.Markup(html)  # noqa: S704  the template has escaped it


def once_field() -> markupsafe.Markup:
    """A hidden field that makes a form's deed happen once, however often it is posted."""
    return markupsafe.Markup(  # noqa: S704  the token is ours
        f'<input type="hidden" name="_once" value="{secrets.token_urlsafe(12)}">'
    )


@cache
def _nhs_macros() -> dict[str, Any]:
    """The design system's macros, from an environment that allows undefined names (theirs needs it)."""
    env = Environment(
        loader=ChoiceLoader(
            [PackageLoader("nhsuk_frontend_jinja"), PackageLoader("nhsuk_frontend_jinja", "templates/nhsuk")]
        ),
        autoescape=True,
        undefined=ChainableUndefined,
    )
    macros: dict[str, Any] = {}
    for name in NHS_MACROS:
        camel = "".join(part if i == 0 else part.capitalize() for i, part in enumerate(name.split("-")))
        module = env.get_template(f"nhsuk/components/{name}/macro.jinja").module
        macros[f"nhs_{name.replace('-', '_')}"] = getattr(module, camel)
    return macros


def respond(core: Core, request: Request, actor: Actor | None, answer: "Answer") -> Response:
    """Send an answer: a response as it is, a page whole, or only the part that htmx is about to replace."""
    if isinstance(answer, Response):
        return answer
    page, status = (answer, 200) if isinstance(answer, Page) else (answer.page, answer.status)
    wanted = request.headers.get("HX-Target", "").rpartition("#")[2]
    template = page.partials.get(wanted, page.template) if wanted else page.template
    chrome = chrome_for(core, request, actor, page.who_sees)
    if page.prepared and template == page.template and "gzip" in request.headers.get("Accept-Encoding", ""):
        packed = pack(_pieces(core.pages, page, chrome))
        response = HTMLResponse(packed, status, headers={"Vary": VARIES, "Content-Encoding": "gzip"})
    else:
        response = HTMLResponse(core.pages.html(template, page.context(), chrome), status, headers={"Vary": VARIES})
    if cookie_name(core, FLASH_COOKIE) in request.cookies:
        response.delete_cookie(cookie_name(core, FLASH_COOKIE), path="/", secure=core.settings.secure, httponly=True)
    return response


def _pieces(pages: Pages, page: Page, chrome: Chrome) -> list[str | Prepared]:
    """The page's HTML, cut where its prepared texts stand, and these as they were packed before."""
    context = page.context()
    marks = {name: f"<!--prepared {name}-->" for name in page.prepared if context[name]}
    cut = _MARK.split(pages.html(page.template, context | marks, chrome))
    return [prepared(context[piece]) if at % 2 else piece for at, piece in enumerate(cut)]


def chrome_for(core: Core, request: Request, actor: Actor | None, who_sees: str) -> Chrome:
    here = request.url.path
    return Chrome(
        trust=core.settings.trust_name,
        bar=core.pages.bar(actor, *_section(core, here)),
        flash=_flash(request.cookies.get(cookie_name(core, FLASH_COOKIE), "")),
        who_sees=who_sees,
        nonce=request.scope.get("qi_nonce", ""),
        partner=bool(actor and actor.kind == "partner"),
    )


def _section(core: Core, path: str) -> tuple[str, str]:
    """The place of the menu that a page is, or lies behind: with what `aria-current` says of it."""
    behind = max((e.path for e in core.places if path.startswith(f"{e.path}/")), key=len, default="")
    return (path, "page") if any(e.path == path for e in core.places) else (behind, "true")


def _menu(core: Core, actor: Actor | None, here: str, current: str) -> tuple[MenuItem, ...]:
    if actor is None:
        return ()
    return tuple(
        MenuItem(e.nav.label, e.path, current if e.path == here else "")
        for e in core.places
        if e.nav and e.access.admits(actor)
    )


def first_screen(core: Core, actor: Actor) -> str:
    """The path of the page that a person's first screen is."""
    landing = [e for e in core.places if e.nav and e.nav.lands and e.access.admits(actor)]
    best = max(landing, key=lambda e: e.nav.lands if e.nav else 0, default=None)
    return best.path if best else core.path_for("accounts:my_account")


def _flash(value: str) -> str:
    try:
        return bytes.fromhex(value).decode()[:300]
    except (ValueError, UnicodeDecodeError):
        return ""
