"""Pictures of properties, for files. matplotlib is imported when one is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from materials.schema.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from materials.laws.law import FloatArray
    from materials.prop import Property

SPAN_K: Final = (50.0, 450.0)
COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#7a5195")
"""Told apart by colour-blind readers too (Okabe and Ito 2008); line styles change when they run out."""

POINTS: Final = 61
STYLES: Final = ("-", "--", ":", "-.")


def curve(prop: Property) -> tuple[FloatArray, FloatArray, tuple[FloatArray, FloatArray]] | None:
    """Temperatures, values and ends of their interval in the display unit; None for what does not vary."""
    low, high = max(prop.range_k[0], SPAN_K[0]), min(prop.range_k[1], SPAN_K[1])
    if not prop.varies or high - low < 1.0:
        return None
    t: FloatArray = np.linspace(low, high, POINTS, dtype=np.float64)
    value: FloatArray = np.divide(prop(t), prop.display_factor)
    if prop.distribution == "lognormal":
        factor = prop.spread.factors(t)
        return t, value, (np.divide(value, factor), value * factor)
    width: FloatArray = np.divide(prop.uncertainty(t), prop.display_factor)
    return t, value, (value - width, value + width)


def compare(props: Sequence[Property], path: Path) -> None:
    """Draw one property of several materials into a file, each with its uncertainty as a band.

    Parameters
    ----------
    props
        All of one name.
    path
        Its ending says the format: .png, .svg or .pdf.

    """
    figure, axes = _figure(7.2, 4.4)
    for index, prop in enumerate(props):
        colour, style = COLOURS[index % len(COLOURS)], STYLES[index // len(COLOURS) % len(STYLES)]
        _draw(
            axes, prop, colour, style, f"{prop.material}" + (f" ({prop.direction})" if prop.direction else "")
        )
    quantity = QUANTITIES[props[0].name]
    _label(axes, quantity.label, quantity.display)
    axes.legend(fontsize=8, frameon=False)
    _save(figure, path)


def sheet(props: Sequence[Property], title: str, path: Path) -> None:
    """Draw all varying properties of a material into one file, a panel a name.

    Parameters
    ----------
    props
        Properties of one material.
    title
        Above the panels.
    path
        Its ending says the format.

    """
    groups = panels(props)
    columns = min(3, max(1, len(groups)))
    rows = max(1, -(-len(groups) // columns))
    figure, grid = _figure(3.4 * columns, 2.5 * rows + 0.4, rows, columns)
    every = np.atleast_1d(grid).ravel()
    for axes, (name, group) in zip(every, groups.items(), strict=False):
        for index, twins in enumerate(_twins(group)):
            label = ", ".join(twin.direction for twin in twins)
            _draw(axes, twins[0], COLOURS[index % len(COLOURS)], "-", label)
        _label(axes, QUANTITIES[name].label, QUANTITIES[name].display)
        if any(prop.direction for prop in group):
            axes.legend(fontsize=7, frameon=False)
    for axes in every[len(groups) :]:
        axes.set_visible(False)
    figure.suptitle(title, fontsize=10)
    _save(figure, path)


def panels(props: Sequence[Property]) -> dict[str, list[Property]]:
    """Group what varies with temperature by the name of the property."""
    groups: dict[str, list[Property]] = {}
    for prop in props:
        if curve(prop) is not None and not _is_level(prop):
            groups.setdefault(prop.name, []).append(prop)
    return groups


def _is_level(prop: Property) -> bool:
    found = curve(prop)
    return found is None or float(np.ptp(found[1])) <= 1e-9 * float(np.max(np.abs(found[1])))


def _twins(group: Sequence[Property]) -> list[list[Property]]:
    """Put directions and surfaces of the same curve together."""
    kept: list[list[Property]] = []
    for prop in group:
        same = [others for others in kept if others[0].law == prop.law]
        if same:
            same[0].append(prop)
        else:
            kept.append([prop])
    return kept


def _figure(width: float, height: float, rows: int = 1, columns: int = 1) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns)


def _draw(axes: Any, prop: Property, colour: str, style: str, label: str) -> None:
    found = curve(prop)
    if found is None:
        t = np.array([prop.typical_k])
        value, width = prop(t) / prop.display_factor, prop.uncertainty(t) / prop.display_factor
        axes.errorbar(t, value, width, color=colour, marker="o", capsize=3, label=label)
        return
    t, value, (low, high) = found
    axes.plot(t, value, style, color=colour, label=label, linewidth=1.4)
    axes.fill_between(t, low, high, color=colour, alpha=0.13, linewidth=0)


def _label(axes: Any, label: str, unit: str) -> None:
    axes.set_xlabel("Temperature, K", fontsize=8)
    axes.set_ylabel(label if unit == "1" else f"{label}, {unit}", fontsize=8)
    axes.tick_params(labelsize=7)
    axes.grid(visible=True, linewidth=0.3, alpha=0.6)
    axes.spines[["top", "right"]].set_visible(False)


def _save(figure: Any, path: Path) -> None:
    import matplotlib as mpl

    # Text stays text, and the same data give the same file.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "lunarflag"}):
        figure.savefig(path, dpi=110, metadata={"Date": None} if path.suffix == ".svg" else None)
