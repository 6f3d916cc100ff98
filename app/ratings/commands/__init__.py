"""Deeds of ratings: agree them, rate, share, write to each other, ask somebody to judge a team, and forget leavers."""

from app.ratings.commands.agreeing import EndAgreement, RecordAgreement, end_agreement, record_agreement
from app.ratings.commands.delegating import Delegate, delegate, take_back_team
from app.ratings.commands.ending import end_what_ceased
from app.ratings.commands.forgetting import forget_leavers
from app.ratings.commands.rating import Judged, RateMyself, RatePerson, RateTeam, rate_myself, rate_person, rate_team
from app.ratings.commands.sharing import share_with, stop_sharing
from app.ratings.commands.writing import WriteToPerson, WriteToRater, write_to_person, write_to_rater

__all__ = [
    "Delegate",
    "EndAgreement",
    "Judged",
    "RateMyself",
    "RatePerson",
    "RateTeam",
    "RecordAgreement",
    "WriteToPerson",
    "WriteToRater",
    "delegate",
    "end_agreement",
    "end_what_ceased",
    "forget_leavers",
    "rate_myself",
    "rate_person",
    "rate_team",
    "record_agreement",
    "share_with",
    "stop_sharing",
    "take_back_team",
    "write_to_person",
    "write_to_rater",
]
