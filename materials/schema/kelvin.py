"""Temperatures of a datum from the unit of its file to kelvin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materials.schema.models import Datum
    from materials.units import Scale

COLDEST_K: Final = 0.0
HOTTEST_K: Final = 10_000.0


def in_kelvin(datum: Datum, scale: Scale) -> Datum:
    """Return a datum with its temperatures in kelvin.

    Parameters
    ----------
    datum
        As its file has it.
    scale
        Of the datum's ``T_unit``.

    """
    if scale.factor == 1.0 and scale.offset == 0.0:
        return datum
    extension, below = datum.extension, datum.below
    return datum.model_copy(
        update={
            "T_unit": "K",
            "T": None if datum.T is None else [scale.si(t) for t in datum.T],
            "T_range": None if datum.T_range is None else [scale.si(t) for t in datum.T_range],
            "extension": extension and extension.model_copy(update={"T": [scale.si(t) for t in extension.T]}),
            "below": below and below.model_copy(update={"T": scale.si(below.T)}),
            "regression": [[scale.si(t), y] for t, y in datum.regression],
        }
    )


def temperatures(datum: Datum) -> Iterator[tuple[tuple[str, ...], list[float]]]:
    """Yield the temperatures of a datum with the key each list stands at, below the datum."""
    yield ("T",), datum.T or []
    yield ("T_range",), datum.T_range or []
    if datum.extension is not None:
        yield ("extension", "T"), datum.extension.T
    if datum.below is not None:
        yield ("below", "T"), [datum.below.T]
