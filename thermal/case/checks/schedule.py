"""Events and stowed intervals must lie within the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft


def check_schedule(draft: Draft) -> Iterator[Finding]:
    """Find events and intervals that begin after the run has ended."""
    if draft.run is None:
        return
    end = draft.run.duration
    for index, event in draft.events.items():
        if event.start >= end:
            message = f'event "{event.name}" begins after the end of the run'
            yield Finding("after-the-end", ("event", index, "start"), message, _advice(end))
        if draft.run.mode == "periodic":
            message = "a periodic run repeats one lunation: an event would come again in each"
            yield Finding("contradiction", ("event", index), message, 'write mode = "transient"')
    stowed = draft.deployment.stowed if draft.deployment else ()
    if stowed and draft.run.mode == "periodic":
        message = "a periodic run repeats one lunation: the cloth would be stowed again in each"
        yield Finding("contradiction", ("deployment", "stowed"), message, 'write mode = "transient"')
    for index, (begin, _) in enumerate(stowed):
        if begin >= end:
            message = "the cloth is stowed after the end of the run"
            yield Finding("after-the-end", ("deployment", "stowed", index), message, _advice(end))


def _advice(end: float) -> str:
    return f'the run ends after "{end / 3600.0:.6g} h"'
