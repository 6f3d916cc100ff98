"""Deeds about accounts: opening, inviting, passwords, sign-ins and roles."""

from app.accounts.commands.accounts import OpenAccount, Suspend, open_account, suspend
from app.accounts.commands.arrivals import take_back, take_on, welcome
from app.accounts.commands.first_admin import CreateFirstAdmin, create_first_admin
from app.accounts.commands.grants import GrantRole, RevokeRole, grant_role, revoke_role
from app.accounts.commands.invitations import Invitation, Invite, RequestReset, invite, request_reset
from app.accounts.commands.passwords import Accept, ChangePassword, SetPassword, accept, change_password, set_password
from app.accounts.commands.sign_in import end_other_sessions, end_session, sign_in, sign_out

__all__ = [
    "Accept",
    "ChangePassword",
    "CreateFirstAdmin",
    "GrantRole",
    "Invitation",
    "Invite",
    "OpenAccount",
    "RequestReset",
    "RevokeRole",
    "SetPassword",
    "Suspend",
    "accept",
    "change_password",
    "create_first_admin",
    "end_other_sessions",
    "end_session",
    "grant_role",
    "invite",
    "open_account",
    "request_reset",
    "revoke_role",
    "set_password",
    "sign_in",
    "sign_out",
    "suspend",
    "take_back",
    "take_on",
    "welcome",
]
