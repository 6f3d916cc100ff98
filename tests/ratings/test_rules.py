"""Which answers there are; what differs; and what stays shared."""

from datetime import UTC, datetime, timedelta

from app.ratings.rules import JUDGEMENTS, LEVELS, Said, Share, differ, is_shared, may_say

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_views_differ_only_where_both_know() -> None:
    assert differ(Said.NEW, Said.LEADS)
    assert not differ(Said.LEADS, Said.LEADS)
    assert not differ(Said.UNKNOWN, Said.LEADS)
    assert not differ(None, Said.LEADS)


def test_each_question_has_its_own_answers() -> None:
    assert may_say("") == JUDGEMENTS
    assert may_say("aim") == LEVELS


def test_what_was_shared_stays_so_and_what_is_said_after_is_not() -> None:
    hour = timedelta(hours=1)
    share = [Share(NOW, NOW + 2 * hour)]
    assert is_shared(NOW - hour, None, share), "what held when it was shared"
    assert is_shared(NOW + hour, NOW + 9 * hour, share)
    assert not is_shared(NOW - 2 * hour, NOW - hour, share), "what was no longer said"
    assert not is_shared(NOW + 3 * hour, None, share)
    assert is_shared(NOW + 3 * hour, None, [Share(NOW, None)])
