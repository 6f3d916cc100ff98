"""Deeds of sign-off: a learner asks, somebody confirms or rejects, and what cannot be decided moves on."""

from app.signing.commands.asking import RequestSignOff, WithdrawSignOff, request_sign_off, withdraw_sign_off
from app.signing.commands.deciding import (
    Confirmed,
    ConfirmSeveral,
    DecideSignOff,
    confirm_several,
    decide_sign_off,
)
from app.signing.commands.moving import move_requests

__all__ = [
    "ConfirmSeveral",
    "Confirmed",
    "DecideSignOff",
    "RequestSignOff",
    "WithdrawSignOff",
    "confirm_several",
    "decide_sign_off",
    "move_requests",
    "request_sign_off",
    "withdraw_sign_off",
]
