"""Who may confirm what, what somebody asked for and what became of it, and what waits for whom."""

from app.signing.queries.deciding import (
    Asked,
    Duty,
    Waiting,
    all_theirs,
    decided_by,
    duty_of,
    may_decide,
    theirs,
    waiting_everywhere,
    waiting_for,
    what_became,
    without_signer,
)
from app.signing.queries.requests import (
    EventRow,
    RequestRow,
    Requests,
    request_by_id,
    requests_by_id,
    requests_in,
    requests_of,
)
from app.signing.queries.signers import Entitled, Signers, signers

__all__ = [
    "Asked",
    "Duty",
    "Entitled",
    "EventRow",
    "RequestRow",
    "Requests",
    "Signers",
    "Waiting",
    "all_theirs",
    "decided_by",
    "duty_of",
    "may_decide",
    "request_by_id",
    "requests_by_id",
    "requests_in",
    "requests_of",
    "signers",
    "theirs",
    "waiting_everywhere",
    "waiting_for",
    "what_became",
    "without_signer",
]
