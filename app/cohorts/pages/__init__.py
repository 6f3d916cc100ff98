"""What the QI team sees of cohorts."""
