"""The addresses of accounts: the door, one's own account, and the administrator's desk."""

from app.accounts.routes import admin, arrivals, audit, door, mails, my_account, partners, passwords, people, roles

routers = tuple(
    module.router for module in (door, passwords, my_account, admin, arrivals, people, roles, partners, audit, mails)
)
