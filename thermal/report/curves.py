"""Curves over the run: Sun, temperatures, powers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import DAY
from thermal.results.reading.moments import Moments

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from thermal.results import Result

COLOURS: Final = ("#b2182b", "#2166ac", "#1b7837", "#762a83", "#e08214", "#35978f", "#8c510a", "#4d4d4d")
"""Told apart in print and by most colour-blind eyes."""
NIGHT: Final = "#e4e7ef"
_ICE_POINT: Final = 273.15
SHOWN_SHARE: Final = 5e-3
"""Powers that never reach this share of the largest are left out of the picture."""


def days(result: Result, name: str) -> NDArray[np.float64]:
    """Read a time axis in days."""
    values: NDArray[np.float64] = result[name].values / DAY
    return values


def shade_nights(axes: Axes, result: Result) -> None:
    """Shade the nights."""
    for begin, end in Moments.of(result).nights():
        axes.axvspan(begin / DAY, end / DAY, color=NIGHT, lw=0, zorder=0)


def draw_sky(axes: Axes, result: Result) -> None:
    """Draw the height of the Sun and the temperature of the ground."""
    if "sky/time" not in result:
        axes.set_axis_off()
        return
    from matplotlib.ticker import MultipleLocator

    shade_nights(axes, result)
    time = days(result, "sky/time")
    elevation = result["sky/sun_elevation"].values
    axes.plot(time, elevation, color=COLOURS[4], lw=1.4)
    axes.axhline(0, color="#555555", lw=0.7)
    axes.fill_between(time, 0, elevation, where=elevation > 0, color=COLOURS[4], alpha=0.2, lw=0)
    axes.set_ylabel("Sun's\nelevation [°]")
    axes.yaxis.set_major_locator(MultipleLocator(45))
    _mark_noon(axes, result)


def _mark_noon(axes: Axes, result: Result) -> None:
    moments = Moments.of(result)
    marks = [(moments.noon, "noon"), (moments.sunset, "sunset")]
    marks += [(end, "sunrise") for _, end in moments.nights() if end < result.time.values[-1]]
    for moment, word in marks:
        if moment is not None:
            axes.annotate(
                word,
                (moment / DAY, 1.0),
                xycoords=("data", "axes fraction"),
                ha="center",
                va="bottom",
                fontsize=8,
                color="#555555",
            )


def draw_temperatures(axes: Axes, result: Result) -> None:
    """Draw every part from its coldest to its hottest point, every probe, and the ground."""
    shade_nights(axes, result)
    time = days(result, "steps/time")
    for number, part in enumerate(result.parts):
        colour = COLOURS[number % len(COLOURS)]
        group = result.group(f"steps/parts/{part}")
        axes.fill_between(
            time, group["minimum"].values, group["maximum"].values, color=colour, alpha=0.18, lw=0, label=part
        )
        axes.plot(time, group["mean"].values, color=colour, lw=1.1)
    styles = ("-", "--", ":", "-.")
    for number, (name, probe) in enumerate(result.probes.items()):
        axes.plot(
            probe.time.values / DAY,
            probe.temperature.values,
            color="black",
            lw=1.3,
            ls=styles[number % len(styles)],
            label=f"probe {name}",
        )
    if "sky/time" in result:
        ground = result["sky/ground_temperature"].values
        axes.plot(days(result, "sky/time"), ground, color="#8a6d3b", lw=1.0, ls=(0, (1, 1)), label="ground")
    axes.set_ylabel("temperature [K]")
    _legend(axes)
    _celsius(axes)


def _legend(axes: Axes) -> None:
    """Put the legend above the curves, where it hides none."""
    axes.legend(
        ncols=8,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderaxespad=0.2,
        columnspacing=1.2,
        handlelength=1.6,
    )


def _celsius(axes: Axes) -> None:
    def to_celsius(kelvin: NDArray[np.float64]) -> NDArray[np.float64]:
        return kelvin - _ICE_POINT

    def to_kelvin(celsius: NDArray[np.float64]) -> NDArray[np.float64]:
        return celsius + _ICE_POINT

    other = axes.secondary_yaxis("right", functions=(to_celsius, to_kelvin))  # type: ignore[arg-type]  # stub too wide
    other.set_ylabel("[°C]")


def draw_powers(axes: Axes, result: Result) -> None:
    """Draw the power of every term that counts."""
    shade_nights(axes, result)
    time = days(result, "series/time")
    powers = result.powers
    largest = max((float(np.abs(field.values).max()) for field in powers.values()), default=0.0)
    number = 0
    for name, field in powers.items():
        if float(np.abs(field.values).max()) > SHOWN_SHARE * largest:
            colour = COLOURS[number % len(COLOURS)]
            axes.plot(time, field.values, color=colour, lw=1.2, label=name.replace("_", " "))
            number += 1
    axes.axhline(0, color="#555555", lw=0.7)
    axes.set_ylabel("heat to all\nparts [W]")
    axes.set_xlabel("days since the start (night shaded)")
    axes.set_xlim(0, time[-1] or 1.0)
    _legend(axes)
