"""Counts by protected characteristics, in words and pictures."""
