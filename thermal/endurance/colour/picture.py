"""The flag as it looks after some years: a picture from the dose of every place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.endurance.colour.cie import linear_from_lab, srgb_from_linear
from thermal.endurance.colour.fading import DyedColour
from thermal.endurance.colour.layouts import LAYOUTS, Layout, LayoutName
from thermal.endurance.requirements.colour import fading_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from materials.laws.ageing import Fading
    from thermal.endurance.observe.evidence import FaceEvidence, PartEvidence

SMOOTHING: Final = 3
"""Samples along each side of a pixel, averaged in linear light."""


def flag_picture(
    part: PartEvidence,
    years: float,
    *,
    face: str = "front",
    layout: LayoutName | Layout = "plain",
    pixels: int = 900,
) -> NDArray[np.uint8] | None:
    """Draw the flag after some years under the light that the run gave it.

    Parameters
    ----------
    part
        The cloth, as the run has shown it.
    years
        Since the flag was new; 0 draws it new.
    face
        "front" or "back": seen from that side, so that the hoist of the back is on the right.
    layout
        Which flag is printed on it, by name, or a layout such as `regions_layout` gives.
    pixels
        Width of the picture.

    Returns
    -------
    NDArray or None
        (rows, pixels, 3), sRGB; None where the database has no fading law for what is printed.

    """
    evidence = next(one for one in part.faces if one.name == face)
    chosen = LAYOUTS[layout] if isinstance(layout, str) else layout
    laws = chosen.laws or (fading_of(part, evidence),) * len(chosen.colours)
    if not any(laws):
        return None
    width, height = part.uv.max(axis=0)
    rows = max(1, round(pixels * height / width))
    u = (np.arange(pixels * SMOOTHING) + 0.5) / (pixels * SMOOTHING) * width
    v = (1.0 - (np.arange(rows * SMOOTHING) + 0.5) / (rows * SMOOTHING)) * height
    across, up = np.meshgrid(u, v)
    dose = years * _dose(part, evidence, across[::SMOOTHING, ::SMOOTHING], up[::SMOOTHING, ::SMOOTHING])
    dose = np.repeat(np.repeat(dose, SMOOTHING, axis=0), SMOOTHING, axis=1)
    region = chosen.region(across, up, float(width), float(height))
    light = np.empty((*region.shape, 3))
    for number, (new, law) in enumerate(zip(chosen.colours, laws, strict=True)):
        inside = region == number
        light[inside] = np.clip(linear_from_lab(_lab(new, law, dose[inside])), 0.0, 1.0)
    light = light.reshape(rows, SMOOTHING, pixels, SMOOTHING, 3).mean(axis=(1, 3))
    image = np.round(255.0 * srgb_from_linear(light)).astype(np.uint8)
    return image if face == "front" else image[:, ::-1]


def _lab(new: NDArray[np.float64], law: Fading | None, dose: NDArray[np.float64]) -> NDArray[np.float64]:
    """Colour (k, 3) of places after their doses (k,); new where nothing is known to fade."""
    if law is None:
        return np.broadcast_to(new, (len(dose), 3))
    lightness, red, yellow = (float(x) for x in new)
    return DyedColour((lightness, red, yellow), law.bleached_lab).lab(law.dye_left(dose))


def write_png(path: Path, image: NDArray[np.uint8]) -> None:
    """Write a picture (rows, columns, 3) as PNG."""
    from matplotlib.image import imsave

    imsave(path, image, format="png")


def _dose(
    part: PartEvidence, face: FaceEvidence, across: NDArray[np.float64], up: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Dose a year at places on the cloth, linear between vertices."""
    from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator

    inside = LinearNDInterpolator(part.uv, face.dose_rate)(across, up)
    nearest = NearestNDInterpolator(part.uv, face.dose_rate)(across, up)
    return np.asarray(np.where(np.isnan(inside), nearest, inside))
