"""One mail over SMTP: its message, and what came of handing it to the server."""

import hashlib
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from app.kernel.config import Settings
from app.kernel.outbox import Mail

REFUSED_FOR_GOOD = 500
ONE_ADDRESS = re.compile(r'[^\s@<>,;:()"]+@[^\s@<>,;:()"]+')


@dataclass(frozen=True, slots=True)
class Tried:
    """The problem in words (empty when sent), whether trying again is pointless, and whether the server answers."""

    problem: str = ""
    final: bool = False
    reached: bool = True


def compose(settings: Settings, mail: Mail) -> EmailMessage:
    """The message itself. Its sender is the trust's improvement program, whoever it goes to.

    Raises ValueError or MessageError for an address that is not exactly one address.
    """
    if not ONE_ADDRESS.fullmatch(mail.to_address):
        raise ValueError("not one e-mail address")
    message = EmailMessage()
    message["From"] = Address(" ".join(settings.trust_name.split()), addr_spec=settings.mail_from)
    message["To"] = Address(addr_spec=mail.to_address)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = mail.made_at
    digest = hashlib.sha256(mail.key.encode()).hexdigest()[:24]
    message["Message-ID"] = f"<{mail.id}.{digest}@{settings.mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def deliver(settings: Settings, mail: Mail, patience: float) -> Tried:
    """Hand a mail to the trust's server, waiting at most `patience` seconds for each of its answers."""
    try:
        message = compose(settings, mail)
    except (ValueError, MessageError) as error:
        return Tried(f"The mail cannot be written to this address: {error}", final=True)
    try:
        server = _connect(settings.smtp_url, patience)
    except (OSError, smtplib.SMTPException) as error:
        return Tried(f"The mail server could not be reached: {error}", reached=False)
    try:
        server.send_message(message, settings.mail_from, [mail.to_address])
    except (OSError, smtplib.SMTPException) as error:
        return _why(error)
    finally:
        _say_goodbye(server)
    return Tried()


def _why(error: Exception) -> Tried:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return Tried(f"The address was refused: {code} {_text(said)}", final=code >= REFUSED_FOR_GOOD)
    if isinstance(error, smtplib.SMTPResponseException):
        refused = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= REFUSED_FOR_GOOD
        return Tried(f"The mail server answered {error.smtp_code} {_text(error.smtp_error)}", final=refused)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Tried(f"The mail server cannot write to this address: {error}", final=True)
    return Tried(f"The mail server stopped answering: {error}", reached=False)


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Once the mail is taken it is sent, however the goodbye goes."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _connect(url: str, patience: float) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=patience, context=context)
    else:
        server = smtplib.SMTP(host, port or 25, timeout=patience)
    try:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
