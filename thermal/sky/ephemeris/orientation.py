"""Orientation of the Moon: the 13-term series of the IAU working group, mean-Earth axes.

Archinal et al. 2011 (WGCCRE report 2009), doi 10.1007/s10569-010-9320-4; accuracy about 150 m on the
ground, 0.005 deg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ANGLES: Final = np.array(
    [
        [125.045, -0.0529921],
        [250.089, -0.1059842],
        [260.008, 13.0120009],
        [176.625, 13.3407154],
        [357.529, 0.9856003],
        [311.589, 26.4057084],
        [134.963, 13.0649930],
        [276.617, 0.3287146],
        [34.226, 1.7484877],
        [15.134, -0.1589763],
        [119.743, 0.0036096],
        [239.961, 0.1643573],
        [25.053, 12.9590088],
    ]
)
"""Arguments E1 to E13: degrees at J2000 and degrees a day."""

_POLE_RA_SIN: Final = np.array([-3.8787, -0.1204, 0.0700, -0.0172, 0, 0.0072, 0, 0, 0, -0.0052, 0, 0, 0.0043])
_POLE_DEC_COS: Final = np.array(
    [1.5419, 0.0239, -0.0278, 0.0068, 0, -0.0029, 0.0009, 0, 0, 0.0008, 0, 0, -0.0009]
)
_SPIN_SIN: Final = np.array(
    [
        3.5610,
        0.1208,
        -0.0642,
        0.0158,
        0.0252,
        -0.0066,
        -0.0047,
        -0.0046,
        0.0028,
        0.0052,
        0.0040,
        0.0019,
        -0.0044,
    ]
)


def moon_orientation(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rotation from the celestial frame to the Moon's mean-Earth axes.

    Parameters
    ----------
    days
        Days of barycentric dynamical time since J2000, shape (n,).

    Returns
    -------
    ndarray
        Rotation matrices, shape (n, 3, 3): ``Rz(W) Rx(90 deg - dec) Rz(90 deg + ra)`` as frame rotations.

    """
    centuries = days / 36525.0
    angles = np.radians(_ANGLES[:, 0] + np.multiply.outer(days, _ANGLES[:, 1]))
    sines, cosines = np.sin(angles), np.cos(angles)
    ra = 269.9949 + 0.0031 * centuries + sines @ _POLE_RA_SIN
    dec = 66.5392 + 0.0130 * centuries + cosines @ _POLE_DEC_COS
    spin = 38.3213 + 13.17635815 * days - 1.4e-12 * days**2 + sines @ _SPIN_SIN
    third = _frame_rotation(np.radians(90.0 + ra), 2)
    second = _frame_rotation(np.radians(90.0 - dec), 0)
    first = _frame_rotation(np.radians(spin), 2)
    return first @ second @ third


def _frame_rotation(angle: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Rotation of the frame by `angle` (n,) about coordinate `axis`, shape (n, 3, 3)."""
    i, j = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.zeros((angle.size, 3, 3))
    matrix[:, axis, axis] = 1.0
    matrix[:, i, i] = matrix[:, j, j] = np.cos(angle)
    matrix[:, i, j] = np.sin(angle)
    matrix[:, j, i] = -np.sin(angle)
    return matrix
