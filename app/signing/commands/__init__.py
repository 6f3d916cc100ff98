"""Deeds of sign-off: a learner asks, somebody confirms or rejects, and what cannot be decided moves on."""

from app.signing.commands.asking import RequestSignOff, WithdrawSignOff, request_sign_off, withdraw_sign_off
from app.signing.commands.deciding import (
    Confirmed,
    ConfirmSeveral,
    DecideSignOff,
    confirm_several,
    decide_sign_off,
)
from app.signing.commands.moving import move_requests, move_uses
from app.signing.commands.practice import (
    ConfirmUse,
    DecideUse,
    TellUse,
    confirm_use,
    decide_use,
    tell_use,
    withdraw_use,
)
from app.signing.commands.using import Work

__all__ = [
    "ConfirmSeveral",
    "ConfirmUse",
    "Confirmed",
    "DecideSignOff",
    "DecideUse",
    "RequestSignOff",
    "TellUse",
    "WithdrawSignOff",
    "Work",
    "confirm_several",
    "confirm_use",
    "decide_sign_off",
    "decide_use",
    "move_requests",
    "move_uses",
    "request_sign_off",
    "tell_use",
    "withdraw_sign_off",
    "withdraw_use",
]
