"""The run must stay within the range of the ephemeris."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from thermal.case.reading.finding import Finding
from thermal.case.tables.instant import LAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft


def check_dates(draft: Draft) -> Iterator[Finding]:
    """Find a run that goes on beyond the year 2100."""
    if draft.sky is None or draft.run is None:
        return
    left = LAST - draft.sky.start
    if draft.run.duration > left / timedelta(seconds=1):
        message = "the run ends after 2100, where the ephemeris ends"
        yield Finding("outside-ephemeris", ("run", "duration"), message, f'write at most "{left.days} day"')
