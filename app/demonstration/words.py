"""What the demonstration's people write: invented, of the kind that people do write."""

IDEAS = (
    (
        "The linen cupboard on the corridor is locked after eight and the key is with security. Twice a week at night "
        "we make a bed with what is left on the trolley."
    ),
    "Discharge letters wait for a signature until the afternoon round. About three people a week leave without one.",
    "The bladder scanner is shared by two wards and nobody writes down where it is. Looking takes ten minutes.",
    "People who come by bus arrive before we open and wait outside, four or five on a wet Monday.",
    "Our handover sheet prints on two pages and the second one, with the allergies, stays in the printer.",
    "Home visits are booked by postcode in the morning and by time in the afternoon, so we cross the town twice.",
    "The phone at reception rings out between twelve and one. I counted eleven on Thursday.",
    "Weight charts are filled in at lunch, when half of the people are in the garden.",
    "New bank staff cannot get into the medicines room until somebody rings for a card.",
    "Two forms ask for the same next of kin, and they differ in about one case in ten.",
)

REASONS = (
    "Falls work on the ward begins in April",
    "The team's waiting-time project starts this spring",
    "Agreed at the directorate meeting",
    "You run the safety huddle and asked for the tools",
    "Your team brings a project to the forum in May",
)

NOT_NEEDED = "The post ends this year; the introduction is enough"

WHY_ASK = (
    "I want to lead the discharge work on our ward.",
    "I have run two small tests and would like to learn how to measure them properly.",
    "My manager suggested it at my appraisal.",
)
