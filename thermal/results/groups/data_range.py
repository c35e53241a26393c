"""The group ``data_range``: where the data of each part hold, and how long a run was outside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from thermal.results.layout.field import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thermal.heat.model.data_range import DataRange
    from thermal.results.reading.reader import Result


def range_fields(ranges: Iterable[DataRange], part: str) -> dict[str, Field]:
    """Lay out the ranges of a part's laws.

    Returns
    -------
    dict
        ``heat_capacity``, ``conductance_1``, ``conductance_2``: lowest and highest temperature of the data,
        (2,) K; the long name says of which law.

    """
    return {r.quantity: Field(np.array([r.low_k, r.high_k]), "K", r.law) for r in ranges if r.part == part}


def summarise_outside(result: Result) -> list[dict[str, Any]]:
    """List the laws whose last values a run had to hold, with how long and how far it was outside.

    Returns
    -------
    list of dict
        Keys ``part``, ``law``, ``range_k``, ``time_s`` (sum of the steps that ended with some vertex
        outside), ``steps``, ``lowest_k`` and ``highest_k`` of the part.

    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for part in result.parts:
        rows = result.group(f"steps/parts/{part}")
        if not rows:
            continue
        coldest, hottest = rows["minimum"].values, rows["maximum"].values
        step = result["steps/step_size"].values
        for law in result.group(f"data_range/{part}").values():
            low, high = law.values
            outside = (coldest < low) | (hottest > high)
            if outside.any():
                found[part, law.long_name] = {
                    "part": part,
                    "law": law.long_name,
                    "range_k": [float(low), float(high)],
                    "time_s": float(step[outside].sum()),
                    "steps": int(outside.sum()),
                    "lowest_k": float(coldest.min()),
                    "highest_k": float(hottest.max()),
                }
    return list(found.values())
