"""What a database's own fault means, as far as somebody can do something about it."""

from sqlalchemy.exc import DBAPIError


def disk_is_full(error: Exception) -> bool:
    """Whether the disk that holds the database has no room left."""
    cause = str(error.orig).lower() if isinstance(error, DBAPIError) else ""
    return "disk is full" in cause or "no space left" in cause
