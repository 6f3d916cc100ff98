"""Learning from elsewhere: evidence that stands on a person's record, and levels that an assessor recognises by it."""
