"""What an address or a form asked for."""

from collections.abc import Mapping

from app.web.form import Invalid, Posted
from app.web.visit import Visit


def query(visit: Visit) -> Posted:
    """The address's query string, in the shape that forms parse."""
    params = visit.request.query_params
    return Posted({name: params.getlist(name) for name in params})


def errors_in(parsed: object) -> Mapping[str, str] | None:
    return parsed.errors if isinstance(parsed, Invalid) else None
