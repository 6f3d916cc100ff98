"""The one module that knows how a password is stored: passlib's interface, argon2id, and a limit on hashes at once."""

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from passlib.context import CryptContext

from app.accounts.choosing import LONGEST
from app.kernel import memory
from app.kernel.errors import BusyError

# OWASP's second choice for argon2id: 19 MiB, two passes, one lane; 20 to 40 ms here.
CONTEXT = CryptContext(
    schemes=["argon2"], argon2__type="ID", argon2__memory_cost=19456, argon2__time_cost=2, argon2__parallelism=1
)
MOST_WAITING = 40
"""At 40 ms and two at once, the last in the queue waits less than a second: a ward's change of shift is let in."""

memory.give_back()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the password was right, and a stronger hash to keep when the stored one is out of date."""

    right: bool
    newer_hash: str | None = None


class Limiter:
    """So many hashes at once, so many waiting; whoever comes after that is asked to come again."""

    def __init__(self, at_once: int, most_waiting: int = MOST_WAITING) -> None:
        self._room = threading.BoundedSemaphore(at_once + most_waiting)
        self._turns = threading.BoundedSemaphore(at_once)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn. Raises BusyError when the queue is full."""
        if not self._room.acquire(blocking=False):
            raise BusyError("Many people are signing in at this moment. Try again in a few seconds.", retry_after=2)
        try:
            with self._turns:
                yield
        finally:
            self._room.release()


@cache
def limiter(at_once: int) -> Limiter:
    """This process's one limiter for the setting QI_HASHES_AT_ONCE."""
    return Limiter(at_once)


def hash_password(password: str) -> str:
    """What is stored of a password. Takes 20 to 40 ms and 19 MiB: never inside a write transaction."""
    hashed: str = CONTEXT.hash(_same_everywhere(password))
    return hashed


def verify(password: str, stored: str | None) -> Verdict:
    """Compare with what is stored, always at the price of one hash: without anything stored, against a dummy.

    Only a right password whose hash is out of date costs a second one, which tells nobody anything new.
    """
    if stored is None or len(password) > LONGEST:
        CONTEXT.dummy_verify()
        return Verdict(right=False)
    right, newer = CONTEXT.verify_and_update(_same_everywhere(password), stored)
    return Verdict(right, newer)


def _same_everywhere(password: str) -> str:
    """NFKC: é typed on one keyboard is é typed on another (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
