"""What can go wrong in the trust's own terms. The web edge turns each into a page, the command line into a sentence."""

from typing import ClassVar


class DomainError(Exception):
    """A rule said no. The message is shown to the person, so it says what to do next."""

    status: ClassVar[int] = 400


class NotFoundError(DomainError):
    """It does not exist, or this actor may not know that it does: the two look the same."""

    status = 404


class NotAllowedError(DomainError):
    """This kind of person may not do this at all."""

    status = 403


class NotSignedInError(DomainError):
    """Nobody is signed in, or the sign-in has ended."""

    status = 401


class RuleBrokenError(DomainError):
    """The deed is understood and refused."""

    status = 409


class StaleError(DomainError):
    """Somebody saved a newer version first. Carries nothing: the page that catches it shows both."""

    status = 409


class BadInputError(DomainError):
    """A value that a command cannot take. `errors` maps the field's name to its message."""

    status = 422

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class TooManyError(DomainError):
    """Asked too often. `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BusyError(DomainError):
    """Nothing is wrong with the request; the machine has no room for it now. `retry_after` is in seconds."""

    status = 503

    def __init__(self, message: str, retry_after: int = 2) -> None:
        super().__init__(message)
        self.retry_after = retry_after
