"""The regions of a case as a layout: what is printed where, and how it fades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from materials.laws.ageing import Fading
from thermal.endurance.colour.layouts import WHITE, Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material
    from thermal.case.tables.flag import Flag


def regions_layout(flag: Flag, material: Material, face: str) -> Layout:
    """Take what a case prints on its cloth.

    Parameters
    ----------
    flag
        The case's table.
    material
        The cloth.
    face
        "front" or "back".

    Returns
    -------
    Layout
        Region 0 is the field; a later region of the case covers an earlier one. A surface without a fading
        law is undyed as far as the database knows: white, and it stays so.

    """
    front = face == "front"
    plain = flag.front_surface if front else flag.back_surface
    names = [plain, *((one.front if front else one.back) or one.surface or plain for one in flag.region)]
    laws = tuple(_law(material, name) for name in names)
    colours = np.array([WHITE if law is None else law.lab for law in laws])
    rectangles = [(np.asarray(one.corner), np.asarray(one.corner) + one.size) for one in flag.region]

    def region(
        u: NDArray[np.float64], v: NDArray[np.float64], _width: float, _height: float
    ) -> NDArray[np.int64]:
        number = np.zeros(u.shape, dtype=np.int64)
        for index, (low, high) in enumerate(rectangles, start=1):
            number[(u >= low[0]) & (u <= high[0]) & (v >= low[1]) & (v <= high[1])] = index
        return number

    return Layout(colours, region, laws)


def _law(material: Material, surface: str) -> Fading | None:
    law = material.ageing("fading", material.surface(surface).name)
    return law if isinstance(law, Fading) else None
