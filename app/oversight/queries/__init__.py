"""Figures of the trust and of each directorate as at a day, reports that were kept, and the lists behind numbers."""
