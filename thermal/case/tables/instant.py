"""Instants of time: always with a zone, always within the range of the ephemeris."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

FIRST: Final = datetime(1960, 1, 1, tzinfo=UTC)
"""First instant for which the Sun and Earth are computed."""
LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Last instant for which the Sun and Earth are computed."""

_EXAMPLE: Final = "2020-12-03T15:10:00Z"


def parse_instant(given: object) -> datetime:
    """Convert a TOML datetime or an ISO 8601 text to an instant in UTC.

    Parameters
    ----------
    given
        What the case file holds.

    Returns
    -------
    datetime
        Timezone-aware, in UTC.

    Raises
    ------
    PydanticCustomError
        With code ``not-a-date``, ``missing-zone`` or ``outside-ephemeris``.

    """
    advice = f"write e.g. {_EXAMPLE}"
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        moment = None
    if not isinstance(moment, datetime):
        raise _error("not-a-date", f"{str(given)[:40]!r} is not a date with a time", advice)
    if moment.tzinfo is None:
        zoned = f"{moment.isoformat()}Z"
        raise _error("missing-zone", f"{moment.isoformat()} has no time zone", f"write e.g. {zoned}")
    if not FIRST <= moment <= LAST:
        raise _error("outside-ephemeris", f"{moment.isoformat()} is outside 1960 to 2100", advice)
    return moment.astimezone(UTC)


def _error(code: str, message: str, remedy: str) -> PydanticCustomError:
    context: dict[str, Any] = {"message": message, "remedy": remedy}
    return PydanticCustomError(code, "{message}", context)


Instant = Annotated[
    datetime,
    BeforeValidator(parse_instant),
    PlainSerializer(lambda moment: moment, return_type=datetime),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [_EXAMPLE]}),
]
"""A datetime in UTC between 1960 and 2100."""
