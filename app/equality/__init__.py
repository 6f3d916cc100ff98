"""Who gets the training by protected characteristics: counts of the whole trust, and no row about a person."""
