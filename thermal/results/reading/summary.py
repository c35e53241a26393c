"""What `lunarflag show` says of a result: its JSON, from which the tables are printed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from thermal.results.groups.cycle import summarise_cycle
from thermal.results.groups.data_range import summarise_outside
from thermal.results.groups.years import summarise_ahead
from thermal.results.reading.moments import Moments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.results.reading.reader import ProbeHistory, Result

SCHEMA: Final = "lunarflag.show/1"


def summarise(result: Result) -> dict[str, Any]:
    """Summarise a result.

    Returns
    -------
    dict
        Keys ``schema``, ``case``, ``run``, ``cycle`` (null where the run is not periodic), ``summary``,
        ``probes``, ``ledger``, ``outside_data`` (laws that were held at the end of their data), ``years``
        (null where the run did not look ahead), ``verdict`` (empty where endurance was not evaluated) and
        ``provenance``; units end the names; null where a run has no such moment (no night, no noon).

    """
    moments = Moments.of(result)
    return {
        "schema": SCHEMA,
        "case": _case(result),
        "run": _run(result),
        "cycle": summarise_cycle(result),
        "summary": {part: part_extremes(result, part) for part in result.parts},
        "probes": {name: _probe(history, moments) for name, history in result.probes.items()},
        "ledger": {name: _finite(value) for name, value in result.ledger.items()},
        "outside_data": summarise_outside(result),
        "years": summarise_ahead(result),
        "verdict": result.verdict,
        "provenance": _provenance(result),
    }


def _case(result: Result) -> dict[str, Any]:
    known = result.attributes
    return {
        "title": known["title"],
        "name": known["case_name"],
        "sha256": known["case_sha256"],
        "start": known["start"],
        "duration_s": known["duration_s"],
        "latitude_deg": round(math.degrees(known["latitude_rad"]), 6),
        "longitude_deg": round(math.degrees(known["longitude_rad"]), 6),
        "stack": known.get("stack", "") or "nominal",
    }


def _run(result: Result) -> dict[str, Any]:
    return {
        "complete": result.complete,
        "time_s": float(result.time.values[-1]),
        "outputs": len(result.time),
        "steps": int(result["series/steps"].values[-1]),
        "rejected": int(result["series/rejected"].values[-1]),
        "vertices": len(result["mesh/vertex_area"]),
    }


def part_extremes(result: Result, part: str) -> dict[str, float]:
    """Give lowest, mean (over area and time) and highest temperature of a part over the run, K."""
    low, mean, high = math.inf, math.nan, -math.inf
    for source in ("series", "steps"):
        group = result.group(f"{source}/parts/{part}")
        if group and len(group["mean"]):
            low = min(low, float(np.min(group["minimum"].values)))
            high = max(high, float(np.max(group["maximum"].values)))
            mean = time_mean(result[f"{source}/time"].values, group["mean"].values)
    return {"min_k": low, "mean_k": mean, "max_k": high}


def time_mean(time: NDArray[np.float64], values: NDArray[np.float64]) -> float:
    """Average over time by the trapezoidal rule."""
    if len(time) < 2 or time[-1] == time[0]:
        return float(values[-1])
    return float(np.diff(time) @ (values[1:] + values[:-1]) / 2 / (time[-1] - time[0]))


def _probe(history: ProbeHistory, moments: Moments) -> dict[str, Any]:
    time, values = history.time.values, history.temperature.values
    night = values[moments.is_night(time)]
    return {
        "part": history.part,
        "at_m": list(history.at_m),
        "min_k": float(values.min()),
        "mean_k": time_mean(time, values),
        "max_k": float(values.max()),
        "night_minimum_k": float(night.min()) if len(night) else None,
        "noon_k": _at(moments.noon, time, values),
        "sunset_k": _at(moments.sunset, time, values),
    }


def _at(moment: float | None, time: NDArray[np.float64], values: NDArray[np.float64]) -> float | None:
    return None if moment is None else float(np.interp(moment, time, values))


def _provenance(result: Result) -> dict[str, Any]:
    known = result.attributes
    keys = ("code_version", "code_commit", "created", "python", "platform", "ranks")
    return {
        **{key: known[key] for key in keys},
        "file_version": ".".join(map(str, known["version"])),
        "libraries": {
            key.removeprefix("version_"): text for key, text in known.items() if key.startswith("version_")
        },
        "materials": list(result.group_names("inputs/materials")),
        "citations": [line for line in result.text("inputs/citations").splitlines() if line.strip()],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
