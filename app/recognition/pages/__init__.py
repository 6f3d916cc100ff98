"""Learning from elsewhere in words: for whoever offers it, and for whoever decides."""
