"""Cohorts that the QI team plans: when, for which level, how many places, and for whom."""
