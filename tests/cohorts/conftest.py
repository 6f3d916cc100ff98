"""The directorate with a lead and two wards that the tests of needs use."""

from tests.capability.conftest import levels, scene

__all__ = ["levels", "scene"]
