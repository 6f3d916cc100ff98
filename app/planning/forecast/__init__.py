"""The forecast: a trust's own past, drawn on many times over. Pure, and the same for the same seed."""
