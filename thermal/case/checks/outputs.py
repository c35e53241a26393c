"""A run must not store more outputs than a result can hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from thermal.case.reading.finding import Finding
from thermal.case.tables.output import Output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft

_MOST: Final = 1_000_000
"""Outputs of a run; those of the coarsest mesh take some gigabytes."""


def check_outputs(draft: Draft) -> Iterator[Finding]:
    """Find outputs that are so close to each other that no disk holds them."""
    if draft.run is None:
        return
    duration = draft.run.duration
    for location, table in draft.tables("output"):
        every = _every(table.get("every"))
        if every is not None and duration / every > _MOST:
            message = f"{duration / every:.2g} outputs are too many: a run stores a million at most"
            remedy = f'write at least "{_rounded_up(duration / _MOST):g} s"'
            yield Finding("too-many-outputs", (*location, "every"), message, remedy)


def _every(given: object) -> float | None:
    """Return the interval (s) that a case gives; None where it gives none, or a wrong one."""
    try:
        return None if given is None else Output.model_validate({"every": given}).every
    except ValidationError:
        return None


def _rounded_up(seconds: float) -> float:
    """Return the next time (s) of one digit that is not shorter."""
    digit = 10.0 ** math.floor(math.log10(seconds))
    return math.ceil(seconds / digit) * digit
