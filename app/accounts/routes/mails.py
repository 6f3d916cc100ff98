"""In the demonstration nothing is sent: here are the mails it would have sent."""

from app.access.gates import Anyone
from app.accounts.pages.mails import MailPage, MailsPage
from app.kernel import outbox
from app.kernel.errors import NotFoundError
from app.web.router import Answer, Router
from app.web.visit import Visit

router = Router("accounts")


@router.page("/demonstration/mails", access=Anyone())
def mails(visit: Visit) -> Answer:
    _only_in_the_demonstration(visit)
    return MailsPage.of(outbox.recent_mails(visit.session), delivers=bool(visit.core.settings.smtp_url))


@router.page("/demonstration/mails/{mail_id}", access=Anyone())
def mail(visit: Visit, mail_id: int) -> Answer:
    _only_in_the_demonstration(visit)
    found = visit.session.get(outbox.Mail, mail_id)
    if found is None:
        raise NotFoundError("mail")
    return MailPage.of(found, visit.core.settings)


def _only_in_the_demonstration(visit: Visit) -> None:
    """Links in mails open accounts: with real people nobody reads another's mail."""
    if not visit.core.demonstration:
        raise NotFoundError("mails")
