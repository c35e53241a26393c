"""Bodies in balance with what they absorb: what they send to the ground, before any run has computed it.

Patches of cloth and tubes store next to nothing: cloth forgets within seconds by day and a quarter of an
hour by night. With the radiosities of theory R11 their balance is linear in sigma T^4,

    sum over both faces of  A [alpha (I + H_light) + eps H - eps sigma T^4] = 0,

I direct sunlight and H what falls on a patch from the others, the ground and the sky.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.heat.model.part import Part
    from thermal.scene.bodies import BoxBody
    from thermal.scene.surroundings import Patches
    from thermal.sky import Sky


class Sent(NamedTuple):
    """Radiosities of the patches, (P,) W/m2."""

    infrared: NDArray[np.float64]
    light: NDArray[np.float64]


@dataclass(frozen=True)
class PatchOptics:
    """Means over the patches of bodies, (P,) each.

    Parameters
    ----------
    absorptance, emissivity, reflectance
        Of sunlight, of infrared, of sunlight.

    """

    absorptance: NDArray[np.float64]
    emissivity: NDArray[np.float64]
    reflectance: NDArray[np.float64]

    @classmethod
    def of(cls, walls: Sequence[Part], boxes: Sequence[BoxBody], patches: Patches) -> PatchOptics:
        """Average the faces of all walls by uncovered area, and take the boxes as they are."""
        area = np.concatenate([wall.surface.area * wall.exposed for wall in walls])
        values = np.zeros((3, len(patches.names)))
        whole = np.zeros(len(patches.names))
        for face, own in (("front", patches.front_patch), ("back", patches.back_patch)):
            seen = own >= 0
            np.add.at(whole, own[seen], area[seen])
            for row, name in enumerate(("absorptance", "emissivity", "transmittance")):
                each = [
                    np.broadcast_to(getattr(getattr(w, face), name), len(w.surface.points)) for w in walls
                ]
                np.add.at(values[row], own[seen], (area * np.concatenate(each))[seen])
        absorptance, emissivity, through = np.divide(values, whole, out=values, where=whole > 0.0)
        for box in boxes:
            own = faces_of(box, patches)
            absorptance[own], emissivity[own] = box.absorptance, box.emissivity
        return cls(absorptance, emissivity, np.clip(1.0 - absorptance - through, 0.0, 1.0))


def faces_of(box: BoxBody, patches: Patches) -> NDArray[np.int64]:
    """Patches of the six faces of a box."""
    first = patches.names.index(f"{box.name}#0")
    return np.arange(first, first + 6)


class BodyBalance:
    """Patches of all bodies over given ground.

    Parameters
    ----------
    patches, optics
        Of the bodies.
    boxes
        Boxes in the order of the scene.
    capacities
        Heat capacity of each box that finds its own temperature, J/K; None for the others.
    seen
        (G, P) view factors of the ground's patches to those of the bodies.
    ground_areas
        (G,) m2.
    start_k
        Where boxes that store heat begin, K; None for their balance at the first time.

    """

    def __init__(
        self,
        patches: Patches,
        optics: PatchOptics,
        boxes: Sequence[BoxBody],
        capacities: Sequence[float | None],
        seen: NDArray[np.float64],
        ground_areas: NDArray[np.float64],
        start_k: float | None = None,
    ) -> None:
        self._patches, self._optics, self._seen = patches, optics, seen
        self._boxes = list(zip(boxes, capacities, strict=True))
        one = np.eye(len(patches.names))
        self._to_ground = _to_ground(patches, seen, ground_areas)
        self._open = np.maximum(patches.ground - self._to_ground.sum(axis=1), 0.0)
        self._bounce = np.linalg.inv(one - optics.reflectance[:, None] * patches.factors)
        self._mirror = np.linalg.inv(one - (1.0 - optics.emissivity)[:, None] * patches.factors)
        self._node, free = _nodes(patches, self._boxes)
        self._count = int(self._node.max()) + 1
        self._free = np.flatnonzero(free)
        self._emits = patches.areas * optics.emissivity
        # What every node absorbs for each unit of sigma T^4 of another, less what it emits.
        sent = self._mirror * optics.emissivity
        absorbed = self._emits[:, None] * (patches.factors @ sent)
        whole = np.zeros((self._count, self._count))
        np.add.at(whole, (self._node[:, None], self._node[None, :]), absorbed)
        np.add.at(whole, (self._node, self._node), -self._emits)
        self._matrix = whole
        self._inverse = -np.linalg.pinv(whole[np.ix_(self._free, self._free)])
        self._power = np.zeros(self._count)
        self._masses = {
            int(self._node[faces_of(box, patches)[0]]): c for box, c in self._boxes if c is not None
        }
        self._light = False
        """Whether boxes that store heat are in balance for the time being."""
        for node in self._masses:
            self._power[node] = STEFAN_BOLTZMANN * (start_k or 0.0) ** 4
        self._net: NDArray[np.float64] = np.zeros(self._count)
        self._sum = np.zeros(self._count)
        self._time = 0.0

    def send(
        self,
        time_s: float,
        sky: Sky,
        sunlight: NDArray[np.float64],
        ground_infrared: NDArray[np.float64],
        ground_light: NDArray[np.float64],
    ) -> Sent:
        """Radiosities of all patches at a time.

        Parameters
        ----------
        time_s, sky
            When, and what falls on the site.
        sunlight
            (P,) direct sunlight on the patches, W/m2.
        ground_infrared, ground_light
            (G,) what the ground's patches send, W/m2.

        """
        patches, optics = self._patches, self._optics
        light_from = self._open * sky.ground_reflected + self._to_ground @ ground_light
        light = self._bounce @ (optics.reflectance * (sunlight + light_from))
        absorbed = optics.absorptance * (sunlight + light_from + patches.factors @ light)
        away = self._open * sky.ground_infrared + self._to_ground @ ground_infrared
        away += patches.sky * sky.space_infrared
        reflected = self._mirror @ ((1.0 - optics.emissivity) * away)
        absorbed += optics.emissivity * (away + patches.factors @ reflected)
        gained = np.zeros(self._count)
        np.add.at(gained, self._node, patches.areas * absorbed)
        self._hold(time_s, gained)
        self._power[self._free] = 0.0
        given = self._matrix[self._free] @ self._power
        self._power[self._free] = self._inverse @ (gained[self._free] + given)
        self._net = gained + self._matrix @ self._power
        emitted = self._mirror @ (optics.emissivity * self._power[self._node])
        return Sent(emitted + reflected, light)

    def on_ground(self, sent: Sent) -> Sent:
        """Return what falls on the ground's patches of what bodies send, (G,) W/m2."""
        return Sent(self._seen @ sent.infrared, self._seen @ sent.light)

    def store(self, step_s: float) -> None:
        """Let boxes with a heat capacity keep what they gained over a step, by its rate then."""
        if self._light:
            self._sum += step_s * self._power
            self._time += step_s
            return
        for node, capacity in self._masses.items():
            kelvin = (self._power[node] / STEFAN_BOLTZMANN) ** 0.25
            rate = -4.0 * STEFAN_BOLTZMANN * kelvin**3 * self._matrix[node, node]
            kelvin += step_s * self._net[node] / (capacity + step_s * rate)
            self._power[node] = STEFAN_BOLTZMANN * kelvin**4

    def forget_capacities(self) -> None:
        """Keep boxes that store heat in balance: a lunation of it tells the mean of a heavy one."""
        self._light = True

    def recall_capacities(self) -> None:
        """Let boxes store heat again, and begin with the mean of what they sent meanwhile."""
        self._light = False
        for node in self._masses:
            self._power[node] = self._sum[node] / self._time

    def _hold(self, time_s: float, gained: NDArray[np.float64]) -> None:
        """Set the boxes whose temperature is known; one that stores heat begins in balance."""
        for box, capacity in self._boxes:
            node = int(self._node[faces_of(box, self._patches)[0]])
            if capacity is not None:
                if self._light or self._power[node] == 0.0:
                    self._power[node] = -gained[node] / self._matrix[node, node]
            elif box.temperature is not None:
                self._power[node] = STEFAN_BOLTZMANN * box.temperature(time_s) ** 4


def _to_ground(
    patches: Patches, seen: NDArray[np.float64], ground_areas: NDArray[np.float64]
) -> NDArray[np.float64]:
    """View factors of the patches of bodies to those of the ground, (P, G), by reciprocity.

    Rays from the ground are not those that bodies cast: none of these sees more ground than there is.
    """
    factors = (seen * ground_areas[:, None]).T / patches.areas[:, None]
    whole = factors.sum(axis=1)
    scale = np.divide(patches.ground, whole, out=np.ones_like(whole), where=whole > patches.ground)
    return np.asarray(factors * scale[:, None])


def _nodes(
    patches: Patches, boxes: Sequence[tuple[BoxBody, float | None]]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Temperature (P,) that each patch has, by number, and which of them the balance finds, (nodes,).

    Both faces of a cloth have one; a box has one where it is given or stores heat, else one a face.
    """
    node = np.arange(len(patches.names))
    both = (patches.front_patch >= 0) & (patches.back_patch >= 0)
    node[patches.back_patch[both]] = patches.front_patch[both]
    held = np.zeros(len(node), bool)
    for box, capacity in boxes:
        if capacity is not None or box.temperature is not None:
            own = faces_of(box, patches)
            node[own], held[own] = own[0], True
    kept, number = np.unique(node, return_inverse=True)
    return number.ravel(), ~held[kept]
