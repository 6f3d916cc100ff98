"""PDF files that a screen reader can read: typst, tagged and checked against PDF/UA-1 as they are made.

The data travels as JSON and is only ever shown as text, so a name that looks like typst markup stays a name.
The fonts are those inside typst; for letters that these lack (Chinese, emoji) the machine's own fonts are asked, and
a letter that no font has becomes U+25A1, with a sentence that says so.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

MEDIA_TYPE = "application/pdf"
MISSING = "□"
LAST_CERTAIN = "\u024f"
"""Up to here (Latin with all its accents) typst's own fonts have every printed letter."""


def made_pdf(template: Path, data: Mapping[str, Any], now: datetime) -> bytes:
    """A whole file from a template in typst. Nothing slow may hold a transaction: call it outside one."""
    text = json.dumps(data, ensure_ascii=False)
    unusual = {c for c in text if c > LAST_CERTAIN}
    foreign = {c for c in unusual if not _can_draw(c, system=False)}
    missing = {c for c in foreign if not _can_draw(c, system=True)}
    if missing:
        text = text.translate(dict.fromkeys(map(ord, missing), MISSING))
    inputs = {"data": text, "missing": "yes" if missing else ""}
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        font_paths=_fonts(system=bool(foreign - missing)),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=now.replace(microsecond=0),
    )


@lru_cache(maxsize=2)
def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system)


@lru_cache(maxsize=8192)
def _can_draw(letter: str, *, system: bool) -> bool:
    """Whether a font has this letter: PDF/UA refuses a file with a letter that cannot be drawn."""
    source = b'#set document(title: "-")\n#json(bytes(sys.inputs.letter))'
    try:
        typst.compile(
            source,
            format="pdf",
            font_paths=_fonts(system=system),
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(f"a{letter}")},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True
