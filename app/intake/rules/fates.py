"""What becomes of every row that names a person when two records of one person are merged."""

from enum import StrEnum


class Fate(StrEnum):
    """MOVES: the row becomes the staying record's. STAYS: it goes on saying what was true then. NEVER: no merge."""

    MOVES = "moves"
    STAYS = "stays"
    NEVER = "never"


FATES: dict[str, Fate] = {
    # What somebody did, holds, needs and is: theirs under whichever record.
    "adjustment.person_id": Fate.MOVES,
    "advisor_record.person_id": Fate.MOVES,
    "advisor_record.sponsor_id": Fate.MOVES,
    "award.person_id": Fate.MOVES,
    "calibration.marker_id": Fate.MOVES,
    "certificate.person_id": Fate.MOVES,
    "employment.manager_id": Fate.MOVES,
    "employment.person_id": Fate.MOVES,
    "employment.sponsor_id": Fate.MOVES,
    "enrolment.person_id": Fate.MOVES,
    "evidence_item.person_id": Fate.MOVES,
    "level_request.person_id": Fate.MOVES,
    "long_leave.person_id": Fate.MOVES,
    "note.person_id": Fate.MOVES,
    "notice.person_id": Fate.MOVES,
    "outcome.person_id": Fate.MOVES,
    "past_import_line.person_id": Fate.MOVES,
    "practice_use.person_id": Fate.MOVES,
    "rating.author_id": Fate.MOVES,
    "rating.person_id": Fate.MOVES,
    "rating.whose_id": Fate.MOVES,
    "rating_delegation.lead_id": Fate.MOVES,
    "rating_delegation.manager_id": Fate.MOVES,
    "rating_note.author_id": Fate.MOVES,
    "rating_note.person_id": Fate.MOVES,
    "rating_note.with_id": Fate.MOVES,
    "rating_share.person_id": Fate.MOVES,
    "rating_share.with_id": Fate.MOVES,
    "requirement.person_id": Fate.MOVES,
    "selection_person.person_id": Fate.MOVES,
    "staff_import_line.person_id": Fate.MOVES,
    # How they signed in: one person has one sign-in, that of the staying record. Roles are given by who gives roles.
    "answered_form.person_id": Fate.STAYS,
    "credential.person_id": Fate.STAYS,
    "held_deed.person_id": Fate.STAYS,
    "one_time_code.person_id": Fate.STAYS,
    "role_grant.person_id": Fate.STAYS,
    "sign_in_session.person_id": Fate.STAYS,
    # What they kept for themselves to look at again: it went with that sign-in.
    "saved_view.owner_id": Fate.STAYS,
    "selection.owner_id": Fate.STAYS,
    # What was sent to whom, and who did what: written down as it was.
    "adjustment.ended_by_id": Fate.STAYS,
    "adjustment.granted_by_id": Fate.STAYS,
    "advisor_certificate.added_by_id": Fate.STAYS,
    "advisor_certificate.verified_by_id": Fate.STAYS,
    "advisor_record.granted_by_id": Fate.STAYS,
    "advisor_record.made_by_id": Fate.STAYS,
    "advisor_score.set_by_id": Fate.STAYS,
    "audit_event.actor_id": Fate.STAYS,
    "audit_event.subject_id": Fate.STAYS,
    "award_event.recorded_by_id": Fate.STAYS,
    "cohort.planned_by_id": Fate.STAYS,
    "decision.made_by_id": Fate.STAYS,
    "edition_move.moved_by_id": Fate.STAYS,
    "equality_year.read_by_id": Fate.STAYS,
    "evidence_item.made_by_id": Fate.STAYS,
    "export.made_by_id": Fate.STAYS,
    "export.subject_id": Fate.STAYS,
    "level_request.decided_by_id": Fate.STAYS,
    "long_leave.recorded_by_id": Fate.STAYS,
    "mail.person_id": Fate.STAYS,
    "mark.marker_id": Fate.STAYS,
    "need_rule.ended_by_id": Fate.STAYS,
    "need_rule.made_by_id": Fate.STAYS,
    "note.replied_by_id": Fate.STAYS,
    "one_time_code.made_by_id": Fate.STAYS,
    "outcome.recorded_by_id": Fate.STAYS,
    "past_decision.decided_by_id": Fate.STAYS,
    "past_import.applied_by_id": Fate.STAYS,
    "past_upload.made_by_id": Fate.STAYS,
    "practice_use.asked_id": Fate.STAYS,  # as of a sign-off
    "practice_use.decided_by_id": Fate.STAYS,
    "practice_use.told_by_id": Fate.STAYS,
    "rating_agreement.ended_by_id": Fate.STAYS,
    "rating_agreement.recorded_by_id": Fate.STAYS,
    "recognition.decided_by_id": Fate.STAYS,
    "recognition.taken_back_by_id": Fate.STAYS,
    "recognition_rule.ended_by_id": Fate.STAYS,
    "recognition_rule.kept_by_id": Fate.STAYS,
    "release.answered_by_id": Fate.STAYS,
    "requirement.set_by_id": Fate.STAYS,
    "role_grant.granted_by_id": Fate.STAYS,
    "sign_off.asked_id": Fate.STAYS,  # the worker passes on what waits for somebody who is not here any more
    "sign_off.decided_by_id": Fate.STAYS,
    "sign_off_event.asked_id": Fate.STAYS,
    "sign_off_event.by_id": Fate.STAYS,
    "sponsor_sign_off.sponsor_id": Fate.STAYS,
    "staff_import.applied_by_id": Fate.STAYS,
    "staff_upload.asked_by_id": Fate.STAYS,
    "staff_upload.made_by_id": Fate.STAYS,
    "staff_upload_line.person_id": Fate.STAYS,  # the preview is worked out anew
    "target.set_by_id": Fate.STAYS,
    # Merges and judgements themselves.
    "person.merged_into_id": Fate.STAYS,
    "person_merge.gone_id": Fate.STAYS,
    "person_merge.kept_id": Fate.STAYS,
    "person_merge.merged_by_id": Fate.STAYS,
    "person_merge.undone_by_id": Fate.STAYS,
    "two_people.first_id": Fate.STAYS,
    "two_people.second_id": Fate.STAYS,
    "two_people.judged_by_id": Fate.STAYS,
    # A patient partner is never part of it.
    "partner_profile.person_id": Fate.NEVER,
}
"""By table and column. A house test holds it to every reference to a person that there is."""
