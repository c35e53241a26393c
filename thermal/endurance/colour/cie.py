"""Colour: CIE L*a*b*, sRGB and the CIEDE2000 difference.

Own code, because importing the colour-science package takes over a second; the tests compare with it.
Sharma, Wu and Dalal 2005, Color Research and Application 30, 21-30, doi 10.1002/col.20070.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

WHITE: Final = np.array([0.95047, 1.0, 1.08883])
"""XYZ of the D65 white, 2 degree observer (IEC 61966-2-1)."""

_TO_XYZ: Final = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_KNEE: Final = 6.0 / 29.0


def linear_from_srgb(srgb: ArrayLike) -> NDArray[np.float64]:
    """Linear light (..., 3) of sRGB values (..., 3) in 0 to 1 (IEC 61966-2-1)."""
    value = np.asarray(srgb, dtype=float)
    return np.asarray(np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4))


def srgb_from_linear(linear: ArrayLike) -> NDArray[np.float64]:
    """Give sRGB values (..., 3), clipped to 0 to 1, of linear light (..., 3)."""
    value = np.clip(np.asarray(linear, dtype=float), 0.0, 1.0)
    return np.asarray(np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1.0 / 2.4) - 0.055))


def lab_from_linear(linear: ArrayLike) -> NDArray[np.float64]:
    """CIE L*a*b* (..., 3) of linear sRGB light (..., 3)."""
    ratio = np.asarray(linear, dtype=float) @ _TO_XYZ.T / WHITE
    curve = np.where(ratio > _KNEE**3, np.cbrt(ratio), ratio / (3.0 * _KNEE**2) + 4.0 / 29.0)
    x, y, z = np.moveaxis(curve, -1, 0)
    return np.stack([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)], axis=-1)


def linear_from_lab(lab: ArrayLike) -> NDArray[np.float64]:
    """Linear sRGB light (..., 3), not clipped, of CIE L*a*b* (..., 3)."""
    lightness, a, b = np.moveaxis(np.asarray(lab, dtype=float), -1, 0)
    y = (lightness + 16.0) / 116.0
    curve = np.stack([y + a / 500.0, y, y - b / 200.0], axis=-1)
    ratio = np.where(curve > _KNEE, curve**3, 3.0 * _KNEE**2 * (curve - 4.0 / 29.0))
    return np.asarray((ratio * WHITE) @ np.linalg.inv(_TO_XYZ).T)


def lab_from_srgb(srgb: ArrayLike) -> NDArray[np.float64]:
    """CIE L*a*b* (..., 3) of sRGB values (..., 3) in 0 to 1."""
    return lab_from_linear(linear_from_srgb(srgb))


def srgb_from_lab(lab: ArrayLike) -> NDArray[np.float64]:
    """Give sRGB values (..., 3), clipped to 0 to 1, of CIE L*a*b* (..., 3)."""
    return srgb_from_linear(linear_from_lab(lab))


def ciede2000(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """CIEDE2000 colour difference with unit weights.

    Parameters
    ----------
    first, second
        CIE L*a*b* colours, (..., 3), broadcast with each other.

    Returns
    -------
    NDArray
        Difference, (...); about 1 to 2 is just noticeable.

    """
    l1, a1, b1 = np.moveaxis(np.asarray(first, dtype=float), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(second, dtype=float), -1, 0)
    mean7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2.0) ** 7
    stretch = 1.0 + 0.5 * (1.0 - np.sqrt(mean7 / (mean7 + 25.0**7)))
    chroma1, chroma2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    hue1 = np.degrees(np.arctan2(b1, stretch * a1)) % 360.0
    hue2 = np.degrees(np.arctan2(b2, stretch * a2)) % 360.0
    grey = chroma1 * chroma2 == 0.0

    turn = np.where(grey, 0.0, (hue2 - hue1 + 180.0) % 360.0 - 180.0)
    # Exactly opposite hues: the standard takes +180, the remainder -180.
    turn = np.where(turn == -180.0, np.where(hue2 > hue1, 180.0, -180.0), turn)
    d_lightness, d_chroma = l2 - l1, chroma2 - chroma1
    d_hue = 2.0 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2.0))

    lightness, chroma = (l1 + l2) / 2.0, (chroma1 + chroma2) / 2.0
    total = hue1 + hue2
    far = np.abs(hue1 - hue2) > 180.0
    hue = np.where(far, np.where(total < 360.0, total + 360.0, total - 360.0), total) / 2.0
    hue = np.where(grey, total, hue)
    weight = (
        1.0
        - 0.17 * np.cos(np.radians(hue - 30.0))
        + 0.24 * np.cos(np.radians(2.0 * hue))
        + 0.32 * np.cos(np.radians(3.0 * hue + 6.0))
        - 0.20 * np.cos(np.radians(4.0 * hue - 63.0))
    )
    middle = (lightness - 50.0) ** 2
    s_lightness = 1.0 + 0.015 * middle / np.sqrt(20.0 + middle)
    s_chroma = 1.0 + 0.045 * chroma
    s_hue = 1.0 + 0.015 * chroma * weight
    chroma7 = chroma**7
    rotation = -2.0 * np.sqrt(chroma7 / (chroma7 + 25.0**7))
    rotation = rotation * np.sin(np.radians(60.0 * np.exp(-(((hue - 275.0) / 25.0) ** 2))))
    l_term, c_term, h_term = d_lightness / s_lightness, d_chroma / s_chroma, d_hue / s_hue
    return np.asarray(np.sqrt(l_term**2 + c_term**2 + h_term**2 + rotation * c_term * h_term))
