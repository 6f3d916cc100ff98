"""From a deed to the page that follows it."""

from fastapi.responses import RedirectResponse

from app.learning.wayfinding import Way
from app.web.visit import Deed


def go(deed: Deed, way: Way, flash: str = "") -> RedirectResponse:
    """See other, at the place on the page where there is one."""
    path = deed.path_for(way.route, **way.params)
    return deed.go_to(f"{path}#{way.place}" if way.place else path, flash)
