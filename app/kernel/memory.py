"""Memory that a process no longer uses goes back to the system, where glibc would keep it (mallopt(3))."""

import ctypes

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
ONE_MEBIBYTE = 1 << 20


def give_back() -> None:
    """Large blocks belong to the system and return to it when they are freed, and all threads share one arena.

    Otherwise every thread that ever hashed keeps 19 MiB (560 MiB after a busy morning), and every thread that ever
    made a large page what that took; threads of Python wait for each other anyway (docs/performance.md).
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(M_MMAP_THRESHOLD, ONE_MEBIBYTE)
        mallopt(M_ARENA_MAX, 1)
