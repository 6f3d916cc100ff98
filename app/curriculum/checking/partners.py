"""What a course for patients and carers must keep out (the syllabus, "The course for patients and carers")."""

from app.curriculum.checking.outline import Outline
from app.curriculum.checking.shared import reveals


def check_partner_course(outline: Outline) -> None:
    course = outline.course
    if word := reveals(course.public_title):
        message = f"the public title says '{word}', and certificates and mails show it"
        outline.tell(("public_title",), message, "Choose words that tell nobody who is a patient or carer")
    if course.completion.certificate != "taking-part":
        outline.tell(("completion", "certificate"), "partners take part, they do not pass", "Write taking-part")
    if course.retention != "partner-on-request":
        outline.tell(("retention",), "partners' records are kept on request only", "Write partner-on-request")
    for place, module in enumerate(course.modules):
        for number, activity in enumerate(module.activities):
            where = ("modules", place, "activities", number)
            if activity.kind == "assessment":
                outline.tell(where, f"'{activity.id}' has a pass mark", "Use kind: practice: partners are not tested")
            if activity.kind in {"task", "sign-off"}:
                message = f"'{activity.id}' is judged by other people"
                outline.tell(where, message, "Use a note or steps: partners are not judged")
            if activity.kind == "note" and "emergenc" not in activity.readers.casefold():
                message = f"'{activity.id}' does not say that it is not for emergencies"
                outline.tell((*where, "readers"), message, "Say who reads it, when, and that it is not for emergencies")
