"""Deeds of recognition: something is put on a record, offered, recognised or declined, and put right."""

from app.recognition.commands.advised import (
    AddWorkshop,
    MarkWorkshop,
    RemoveWorkshop,
    ScoreProject,
    add_workshop,
    mark_workshop,
    remove_workshop,
    score_project,
)
from app.recognition.commands.advising import (
    ChangeAdvisor,
    KeepAdvisor,
    SetDuties,
    change_advisor,
    keep_advisor,
    set_duties,
)
from app.recognition.commands.advisor_level import (
    GrantAdvisorLevel,
    RecordReview,
    grant_advisor_level,
    record_review,
)
from app.recognition.commands.deciding import (
    DeclineOffer,
    RecogniseByRule,
    decline_offer,
    recognise,
    recognise_by_rule,
)
from app.recognition.commands.files import TakeFile, take_file
from app.recognition.commands.items import RecordItem, record_item
from app.recognition.commands.judging import Recognise
from app.recognition.commands.offering import (
    Backing,
    OfferAgain,
    OfferedFile,
    OfferItem,
    WithdrawOffer,
    offer_again,
    offer_item,
    withdraw_offer,
    wrong_offer,
)
from app.recognition.commands.programmes import Programme
from app.recognition.commands.putting_right import TakeBackRecognition, take_back_recognition
from app.recognition.commands.ruling import EndRule, KeepRule, end_rule, keep_rule, wrong_rule
from app.recognition.commands.vouching import (
    AddCertificate,
    SignOffAsSponsor,
    TakeCertificate,
    VerifyCertificate,
    add_certificate,
    sign_off_as_sponsor,
    take_certificate,
    verify_certificate,
)

__all__ = [
    "AddCertificate",
    "AddWorkshop",
    "Backing",
    "ChangeAdvisor",
    "DeclineOffer",
    "EndRule",
    "GrantAdvisorLevel",
    "KeepAdvisor",
    "KeepRule",
    "MarkWorkshop",
    "OfferAgain",
    "OfferItem",
    "OfferedFile",
    "Programme",
    "Recognise",
    "RecogniseByRule",
    "RecordItem",
    "RecordReview",
    "RemoveWorkshop",
    "ScoreProject",
    "SetDuties",
    "SignOffAsSponsor",
    "TakeBackRecognition",
    "TakeCertificate",
    "TakeFile",
    "VerifyCertificate",
    "WithdrawOffer",
    "add_certificate",
    "add_workshop",
    "change_advisor",
    "decline_offer",
    "end_rule",
    "grant_advisor_level",
    "keep_advisor",
    "keep_rule",
    "mark_workshop",
    "offer_again",
    "offer_item",
    "recognise",
    "recognise_by_rule",
    "record_item",
    "record_review",
    "remove_workshop",
    "score_project",
    "set_duties",
    "sign_off_as_sponsor",
    "take_back_recognition",
    "take_certificate",
    "take_file",
    "verify_certificate",
    "withdraw_offer",
    "wrong_offer",
    "wrong_rule",
]
