"""What the demonstration's people handed in for the mini-task: invented, some of it good, some not yet."""

from dataclasses import dataclass
from enum import StrEnum


class Quality(StrEnum):
    """How a fair marker would find it, so that whoever plays the markers can say something that fits."""

    GOOD = "good"
    BORDER = "border"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class MiniTask:
    """`again`: what the same people write once they have read what was missing."""

    quality: Quality
    aim: str
    drivers: str
    measures: str
    again: "MiniTask | None" = None

    @property
    def content(self) -> dict[str, str]:
        return {"aim": self.aim, "drivers": self.drivers, "measures": self.measures}


MINI_TASKS = (
    MiniTask(
        Quality.GOOD,
        "By 30 April next year, people on our ward who wait more than 20 minutes for help to the toilet after they "
        "rang will fall from 34 to 15 in every 100. (41 of 120 calls in ten days, from the bell log.)",
        "1. Somebody hears the bell away from the desk. Idea: one healthcare assistant carries the second pager on "
        "Tuesday's late.\n\n2. People are asked before they have to ring. Idea: ask at the ten o'clock drinks, bay by "
        "bay, for three days.\n\n3. The commode is where it is needed. Idea: park two by bay C overnight.",
        "Outcome: calls answered after more than 20 minutes, of all toilet calls, each week, bell log, ward clerk.\n"
        "Process: people asked at the ten o'clock round, of all who are in bed then.\n"
        "Balancing: drinks rounds that end after half past ten. At present 2 of 7.",
    ),
    MiniTask(
        Quality.GOOD,
        "By 31 May, families who are told on the same day when we cannot keep a home visit will rise from 9 of 23 (one "
        "month, our diary) to 20 of 23 or the same share.",
        "Whoever knows that a visit falls through also knows whom to ring. Idea: put the family's number on the visit "
        "sheet, for Thursday's visits.\nThere is a quiet minute to ring in. Idea: the duty worker rings at half past "
        "one from a list on the board.\nA message can be left. Idea: ask each family at the first visit how they want "
        "to be told.",
        "Outcome: visits moved with a call the same day, of all visits moved, each month, team secretary.\n"
        "Process: visit sheets with a number on them, ten sheets on Fridays.\n"
        "Balancing: minutes that the duty worker spends on these calls; and calls to duty that ring out meanwhile.",
    ),
    MiniTask(
        Quality.GOOD,
        "On our unit the weekly weight is missing for 14 of 31 people (45 per cent, last Monday). By the end of March "
        "it will be missing for fewer than 5 of 31, because the dietitian decides by it.",
        "The scales are free and work: book them, bay A on Monday, bay B on Tuesday; a spare battery in the drawer.\n"
        "Weighing fits the day: weigh at the wash instead of after breakfast, starting with four people.\n"
        "It is written down at once: the sheet hangs on the scales, with a pencil on a string.",
        "Outcome: people without a weight this week, of all who have been here seven days, Tuesday noon.\n"
        "Process: people weighed at the wash, of those due that day.\n"
        "Balancing: washes that begin after nine. We do not want people to sit and wait for the scales.",
    ),
    MiniTask(
        Quality.GOOD,
        "By 15 June the median time from a referral reaching us to the first call will fall from 11 to 4 working days "
        "for adults in the Vale. Counted on 48 referrals in September; three had no date and were left out.",
        "Referrals are read every day: two of us take mornings in turn, trial for one week.\nThe first call needs no "
        "meeting: call those in the green group straight away, starting with the next ten.\nThe number is right: the "
        "receptionist checks it when the referral comes in.",
        "Outcome: median working days from arrival to first call, for each fortnight, all adult referrals.\n"
        "Process: referrals read on the day they came, of all.\n"
        "Balancing: first calls that had to be made again because something was missing; it was 5 of 48.",
    ),
    MiniTask(
        Quality.BORDER,
        "Meals returned untouched on our ward will go down from 26 in 180 to 10 in 180 by Easter.",
        "People are ready when the food comes: sit up and table cleared ten minutes before, lunch on Wednesday.\n"
        "Help is there for those who need it: red trays; more volunteers from the trust.",
        "Outcome: trays returned untouched, of all trays, each Friday lunch.\nProcess: how many red trays we have "
        "bought.\nBalancing: patients' satisfaction with the food.",
        again=MiniTask(
            Quality.GOOD,
            "By 2 April the meals that come back untouched from our ward will go down from 26 in 180 to 10 in 180.",
            "People are ready when the food comes: sit up and table cleared ten minutes before, lunch on Wednesday.\n"
            "Help is there for those who need it: a red tray for bay B on Thursday, and the ward clerk sits with one "
            "person.",
            "Outcome: trays returned untouched, of all trays, each Friday lunch, counted by the housekeeper.\nProcess: "
            "people sitting up when the trolley comes, of all who can.\nBalancing: medicines rounds that start late "
            "because staff are in the bays.",
        ),
    ),
    MiniTask(
        Quality.BORDER,
        "Appointments at our clinic that begin more than 30 minutes late: from 40 per cent to 20 per cent by 1 July.",
        "Rooms are ready. Idea: the healthcare assistant sets up the second room while the first is in use, next "
        "Monday.\nStaff start on time. Idea: an e-mail to all clinicians.",
        "Outcome: appointments that begin more than 30 minutes late, of all, on the clinic's screen.\n"
        "Process: rooms set up before the person is called, of all.\nBalancing: complaints.",
        again=MiniTask(
            Quality.GOOD,
            "People at our clinic who wait more than 30 minutes past their time: from 40 per cent (22 of 55, one week) "
            "to 20 per cent by 1 July.",
            "Rooms are ready. Idea: the healthcare assistant sets up the second room while the first is in use, next "
            "Monday.\nThe first appointment is on time. Idea: notes and results are laid out at ten to nine, for one "
            "week.",
            "Outcome: people called more than 30 minutes late, of all, each week, on the clinic's screen.\nProcess: "
            "rooms set up before the person is called, of all.\nBalancing: minutes that the healthcare assistant is "
            "missing at the desk; calls that ring out meanwhile.",
        ),
    ),
    MiniTask(
        Quality.POOR,
        "We want to improve communication between the team and the ward and make sure that everybody is informed, as "
        "soon as possible.",
        "Communication, leadership, time. Posters in the office and a training day for all staff. A monthly meeting.",
        "A survey of staff after six months. Number of people trained. Feedback from patients.",
        again=MiniTask(
            Quality.BORDER,
            "By 30 June, calls from the ward to ask us what was decided at the meeting will fall from 17 a week to 5.",
            "The ward hears on the day: the duty worker reads the decisions out on the telephone at four, this "
            "Thursday.\nIt can be looked up: one sheet for each person, in the ward's folder.",
            "Outcome: calls that ask for a decision, each week, tally beside the telephone.\nProcess: meetings after "
            "which somebody rang at four, of all meetings.\nBalancing: feedback from patients.",
        ),
    ),
    MiniTask(
        Quality.POOR,
        "By 1 May we will have introduced the new falls bundle on the ward and 100 per cent of staff will have done "
        "the e-learning.",
        "Awareness: e-learning. Equipment: order ten sensor mats. Culture: falls champion on each shift.",
        "E-learning completed, in per cent. Audit of the bundle. Falls.",
        again=MiniTask(
            Quality.BORDER,
            "On our ward falls between ten at night and six in the morning will go down from 7 in eight weeks to 3 in "
            "eight weeks by 1 August.",
            "The way to the toilet is clear and lit: move the linen trolley, leave the small light on, bays A and B, "
            "three nights.\nPeople have been before they sleep: ask at the last drink.\nAll staff do the e-learning.",
            "Outcome: falls from ten to six, of all nights, incident reports.\nProcess: people asked at the last "
            "drink, of all who get up at night.\nBalancing: e-learning completed.",
        ),
    ),
)
