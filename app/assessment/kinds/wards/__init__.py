"""Simulated wards in which a change can be tested: invented, seeded, and the same on every machine."""

from app.assessment.kinds.wards import attendance, falls, hands, medicines
from app.assessment.kinds.wards.ward import LARGEST_TEST, SMALLEST_TEST, Change, Returned, Ward, baseline_of, run_test

WARDS: dict[str, Ward] = {ward.name: ward for ward in (medicines.WARD, falls.WARD, attendance.WARD, hands.WARD)}

__all__ = ["LARGEST_TEST", "SMALLEST_TEST", "WARDS", "Change", "Returned", "Ward", "baseline_of", "run_test"]
