"""What people learn: enrolments, the place they had reached, outcomes of activities, completion, awards of a level."""
