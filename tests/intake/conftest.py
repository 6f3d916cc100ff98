import pytest

from app.intake import apart
from tests.intake.bringing import Apart, Bringing, Really
from tests.world import World


@pytest.fixture
def bringing(world: World, monkeypatch: pytest.MonkeyPatch) -> Bringing:
    """HR of the trust at the staff record, with the work on files done in the test's own process."""
    stands_in = Apart(world)
    monkeypatch.setattr(apart, "begin", stands_in.begin)
    return Bringing(world, stands_in)


@pytest.fixture
def really(world: World, monkeypatch: pytest.MonkeyPatch) -> Bringing:
    """The same with the real processes."""
    waits = Really(world)
    monkeypatch.setattr(apart, "begin", waits.begin)
    return Bringing(world, waits)
