"""What the registry knows of a route, and what an endpoint may answer with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from fastapi.responses import Response

from app.access.gates import Gate
from app.web.core import Held
from app.web.page import Page
from app.web.visit import Shown

Answer = Page | Shown | Response


@dataclass(frozen=True, slots=True)
class Nav:
    """A place in the menu, shown to whom the route's gate admits. The highest `lands` is a person's first screen."""

    label: str
    order: int
    lands: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A route as the registry knows it: what the house tests enumerate."""

    name: str
    method: Literal["GET", "POST"]
    path: str
    access: Gate
    nav: Nav | None
    holds: bool
    endpoint: Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class AndThen:
    """A deed's answer that first applies a form kept from before the sign-in, in a transaction of its own."""

    response: Response
    held: Held
