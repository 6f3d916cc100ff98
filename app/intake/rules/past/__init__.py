"""Learning that was completed elsewhere, from another system's list: what is true of it."""
