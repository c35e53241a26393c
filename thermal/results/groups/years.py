"""The group ``years``: the slow state of a case over the years ahead, by cycle jump."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.core.constants import LUNATION, YEAR
from thermal.results.layout.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.endurance.observe.fields import Field as RunField
    from thermal.endurance.projection.projection import Ahead
    from thermal.results.reading.reader import Result

_SLOW: Final = {
    "dose_front": ("h", "equivalent sun hours of the front face"),
    "dose_back": ("h", "equivalent sun hours of the back face"),
    "heat": ("s", "equivalent time at 293.15 K (Arrhenius)"),
    "damage": ("1", "Miner's sum, expansion fully held"),
}
_SAME_IN_RUN: Final = {
    "dose_front": "sun_hours_front",
    "dose_back": "sun_hours_back",
    "heat": "arrhenius_time",
    "damage": "fatigue_damage",
}


def ahead_fields(ahead: Ahead, run: Mapping[str, RunField]) -> dict[str, Field]:
    """Lay out the years ahead.

    Parameters
    ----------
    ahead
        What they bring.
    run
        Fields of the run: where it has no datum, the years have none.

    Returns
    -------
    dict
        ``time`` (k,) and for each slow quantity its values (k, n) at all vertices and ``error_NAME``;
        ``solved``, which counts jumps that were shortened too;
        ``solved_time`` (j,), ``highest_PART`` and ``lowest_PART`` (j,) of the solved lunations.

    """
    march, seen = ahead.march, ahead.seen
    fields = {
        "time": Field(np.array(march.lunations) * LUNATION, "s", "time since the start, whole lunations"),
        "solved": Field(np.array(march.solved), "1", "lunations solved on the way"),
        "solved_time": Field(
            np.array([one.number for one in seen]) * LUNATION, "s", "starts of the lunations that were solved"
        ),
    }
    for name, (unit, words) in _SLOW.items():
        known = np.where(np.isnan(run[_SAME_IN_RUN[name]].values), np.nan, 1.0)
        fields[name] = Field(np.array([state[name] for state in march.states]) * known, unit, words)
        fields[f"error_{name}"] = Field(
            np.array(march.error[name]), "1", f"estimated error of the jumps over the largest: {words}"
        )
    for part in seen[0].highest_k:
        fields[f"highest_{part}"] = Field(
            np.array([one.highest_k[part] for one in seen]),
            "K",
            f"highest temperature of {part} in a lunation",
        )
        fields[f"lowest_{part}"] = Field(
            np.array([one.lowest_k[part] for one in seen]), "K", f"lowest temperature of {part} in a lunation"
        )
    return fields


def summarise_ahead(result: Result) -> dict[str, Any] | None:
    """Sum up the years ahead; None for a run that did not look ahead.

    Returns
    -------
    dict or None
        ``lunations``, ``solved``, ``error`` (the largest), and ``rows``: ``years``, the largest values on
        the flag of ``dose_front_esh``, ``dose_back_esh``, ``heat_s`` and ``damage`` (null without data), and
        ``lowest_k`` and ``highest_k`` of the flag in the lunation that starts there (null where it was not
        solved).

    """
    if "years/time" not in result:
        return None
    flag = result.mesh.vertices("flag")
    time = result["years/time"].values
    solved = {
        float(moment): (float(low), float(high))
        for moment, low, high in zip(
            result["years/solved_time"].values,
            result["years/lowest_flag"].values,
            result["years/highest_flag"].values,
            strict=True,
        )
    }
    units = {"dose_front": "_esh", "dose_back": "_esh", "heat": "_s", "damage": ""}
    largest = {
        name + unit: [_largest(row[flag]) for row in result[f"years/{name}"].values]
        for name, unit in units.items()
    }
    rows = [
        {
            "years": float(moment) / YEAR,
            **{name: values[k] for name, values in largest.items()},
            "lowest_k": solved.get(float(moment), (None, None))[0],
            "highest_k": solved.get(float(moment), (None, None))[1],
        }
        for k, moment in enumerate(time)
    ]
    return {
        "lunations": round(float(time[-1]) / LUNATION),
        "solved": int(result["years/solved"].values),
        "error": max(float(result[f"years/error_{name}"].values) for name in _SLOW),
        "rows": rows,
    }


def _largest(values: Any) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.max()) if known.size else None
