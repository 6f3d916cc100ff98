"""Sign-off: what a learner did at work, confirmed by their supervisor or a coach, and never by themselves."""
