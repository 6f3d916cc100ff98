"""Deeds of recognition: something is put on a record, offered, recognised or declined, and put right."""

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
)
from app.recognition.commands.putting_right import TakeBackRecognition, take_back_recognition
from app.recognition.commands.ruling import EndRule, KeepRule, end_rule, keep_rule, wrong_rule

__all__ = [
    "Backing",
    "DeclineOffer",
    "EndRule",
    "KeepRule",
    "OfferAgain",
    "OfferItem",
    "OfferedFile",
    "Recognise",
    "RecogniseByRule",
    "RecordItem",
    "TakeBackRecognition",
    "TakeFile",
    "WithdrawOffer",
    "decline_offer",
    "end_rule",
    "keep_rule",
    "offer_again",
    "offer_item",
    "recognise",
    "recognise_by_rule",
    "record_item",
    "take_back_recognition",
    "take_file",
    "withdraw_offer",
    "wrong_rule",
]
