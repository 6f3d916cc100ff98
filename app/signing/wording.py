"""What mails say of sign-offs. What a decider wrote stays on the learner's page and travels in no mail."""

from app.kernel.config import Settings
from app.signing.queries import Asked, RequestRow


def asked_line(settings: Settings, request: RequestRow, title: str, course: str) -> str:
    """For whoever is asked, in their next weekly mail."""
    return (
        f"{request.learner} asks you to confirm something done at work: {title}, for {course}.\n"
        f"Read what they say, and confirm or reject it: {settings.origin}/sign-offs"
    )


def moved_line(settings: Settings, request: RequestRow, title: str, now_asked: str) -> str:
    """For the learner, in their next weekly mail."""
    return (
        f"{now_asked} has been asked to confirm {title} in place of {request.asked}, who no longer can.\n"
        f"You need do nothing. You can follow it here: {_page(settings, request)}"
    )


def decided_mail(settings: Settings, asked: Asked, decider: str, *, confirmed: bool) -> tuple[str, str]:
    """Subject and text for the learner, who waits for it."""
    title, course, learner = asked.activity.title, asked.view.title, asked.request.learner
    page = _page(settings, asked.request)
    if confirmed:
        subject = f"Confirmed: {title}"
        said = f"{decider} has confirmed {title}, in {course}. It counts for the course from today:\n\n{page}"
    else:
        subject = f"Not confirmed yet: {title}"
        said = (
            f"{decider} has not confirmed {title}, in {course}, and says why. You can read it, change what you say "
            f"and ask again:\n\n{page}"
        )
    contact = ", ".join(part for part in (settings.qi_contact_phone, settings.qi_contact_email) if part)
    whom = f"{settings.qi_contact} ({contact})" if contact else settings.qi_contact
    return subject, f"Hello {learner},\n\n{said}\n\nQuestions? Ask {whom}. {settings.trust_name}"


def _page(settings: Settings, request: RequestRow) -> str:
    return f"{settings.origin}/sign-offs/{request.course}/{request.activity}"
