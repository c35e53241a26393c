"""Infrared and light that the bodies of a scene send each other: grey diffuse exchange among patches.

Patches of cloth, tubes and boxes have a radiosity J = eps sigma T^4 + (1 - eps) H each, H what falls on them
from the others, the ground and the sky (net radiation method; Hottel and Sarofim 1967); sunlight likewise,
with the reflectance and the direct light. Every vertex takes them by its own view factors. Temperatures are
those the stage starts from: the coupling is a few per cent of a face's balance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.loads import kernels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from thermal.heat.loads.direct_sunlight import DirectSunlight
    from thermal.heat.loads.sky_cache import SkyNow
    from thermal.heat.model.load import Vertices
    from thermal.scene.bodies import BoxBody
    from thermal.scene.surroundings import Patches


class Radiosities:
    """What each patch sends at the time evaluated last, (P,) W/m2: zero before the first."""

    def __init__(self, count: int) -> None:
        self.infrared: NDArray[np.float64] = np.zeros(count)
        self.light: NDArray[np.float64] = np.zeros(count)


@dataclass(frozen=True)
class BodyInfrared:
    """Infrared from the other bodies."""

    now: SkyNow
    patches: Patches
    boxes: Sequence[BoxBody]
    sent: Radiosities
    name: str = "infrared of bodies"

    def bind(self, vertices: Vertices) -> BoundBodyInfrared:
        """Prepare the radiosities for the optics of these vertices."""
        return BoundBodyInfrared(self, vertices)


@dataclass(frozen=True)
class BodyLight:
    """Sunlight that the other bodies reflect."""

    now: SkyNow
    patches: Patches
    boxes: Sequence[BoxBody]
    sent: Radiosities
    sun: DirectSunlight
    name: str = "light of bodies"

    def bind(self, vertices: Vertices) -> BoundBodyLight:
        """Prepare the radiosities for the optics of these vertices."""
        return BoundBodyLight(self, vertices)


class PatchMeans:
    """Means over the patches of values at faces of vertices, by uncovered area, over all ranks."""

    def __init__(self, patches: Patches, vertices: Vertices) -> None:
        self._sides = [_runs(own[vertices.vertex]) for own in (patches.front_patch, patches.back_patch)]
        self._count = len(patches.names)
        self._whole, self._comm = vertices.area, vertices.comm
        self._open = vertices.area * vertices.exposed
        one = np.ones(len(vertices.vertex))
        self._total = self._sum(self._open, one, one)

    def __call__(self, front: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means of the values, (P,); 0 for patches of boxes."""
        return self._over_total(self._sum(self._open, front, back))

    def of_powers(self, front: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means of T^4, (P,); 0 for patches of boxes."""
        return self._over_total(self._sum(self._open, front, back, kernels.add_powers))

    def optics(self, front: NDArray[np.float64], back: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means of optics that have the share which is not covered in them, (P,); 0 for patches of boxes."""
        return self._over_total(self._sum(self._whole, front, back))

    def _over_total(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.divide(sums, self._total, out=np.zeros(self._count), where=self._total > 0.0)

    def _sum(
        self,
        area: NDArray[np.float64],
        front: NDArray[np.float64],
        back: NDArray[np.float64],
        add: Callable[..., None] = kernels.add_to_patches,
    ) -> NDArray[np.float64]:
        total = np.zeros(self._count)
        for values, runs in zip((front, back), self._sides, strict=True):
            add(values, area, *runs, total)
        return total if self._comm.size == 1 else sum(self._comm.allgather(total))


def _runs(patch: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where vertices of one patch follow each other, begin and end (m, 2), and their patch (m,)."""
    bounds = np.flatnonzero(np.diff(patch, prepend=-2, append=-2))
    runs = np.stack([bounds[:-1], bounds[1:]], axis=1)
    own = patch[runs[:, 0]]
    return runs[own >= 0], own[own >= 0]


class Seen:
    """What faces absorb of what the patches send, by view factor and their optics (n,)."""

    def __init__(
        self,
        sides: tuple[csr_array, csr_array],
        vertices: Vertices,
        optics: tuple[NDArray[np.float64], NDArray[np.float64]],
    ) -> None:
        self._reached = vertices.reached
        self._sides = []
        for side, own in zip(sides, optics, strict=True):
            factors = side[vertices.vertex]
            rows = np.flatnonzero(np.diff(factors.indptr))
            few = factors[rows]
            self._sides.append(
                (rows, few.indptr, few.indices, few.data * np.repeat(own, np.diff(factors.indptr)))
            )

    def add(self, sent: NDArray[np.float64], front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add what faces absorb of the radiosities (P,), W/m2; return its power, W."""
        return sum(
            float(kernels.see(*side, sent, self._reached, flux))
            for side, flux in zip(self._sides, (front, back), strict=True)
        )


class BoxFaces:
    """Faces of the boxes among the patches."""

    def __init__(self, patches: Patches, boxes: Sequence[BoxBody]) -> None:
        index = {name: k for k, name in enumerate(patches.names)}
        self.boxes = tuple(boxes)
        self.patch = [np.array([index[f"{box.name}#{k}"] for k in range(6)]) for box in boxes]


class BoundBodyInfrared:
    """Infrared exchange on given vertices."""

    def __init__(self, term: BodyInfrared, vertices: Vertices) -> None:
        patches = term.patches
        self._now, self._vertices, self._patches, self._sent = term.now, vertices, patches, term.sent
        self._mean = PatchMeans(patches, vertices)
        self._faces = BoxFaces(patches, term.boxes)
        emissivity = self._mean.optics(vertices.front_emissivity, vertices.back_emissivity)
        for box, own in zip(term.boxes, self._faces.patch, strict=True):
            emissivity[own] = box.emissivity
        self._emissivity = emissivity
        self._solve = np.linalg.inv(np.eye(len(emissivity)) - (1.0 - emissivity)[:, None] * patches.factors)
        optics = vertices.front_emissivity, vertices.back_emissivity
        self._seen = Seen((patches.front, patches.back), vertices, optics)

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add absorbed infrared, W/m2; return its power, W."""
        sky, v, patches = self._now.at(time_s), self._vertices, self._patches
        power = STEFAN_BOLTZMANN * self._mean.of_powers(v.front_k, v.back_k)
        away = patches.ground * sky.ground_infrared + patches.sky * sky.space_infrared
        for box, own in zip(self._faces.boxes, self._faces.patch, strict=True):
            power[own] = box.power(time_s, sky, patches.ground[own], patches.sky[own])
            away[own] += box.lack.at(time_s)[1]
        radiosity = self._solve @ (self._emissivity * power + (1.0 - self._emissivity) * away)
        self._sent.infrared = radiosity
        return self._seen.add(radiosity, front, back)


class BoundBodyLight:
    """Reflected sunlight on given vertices."""

    def __init__(self, term: BodyLight, vertices: Vertices) -> None:
        patches = term.patches
        self._now, self._vertices, self._patches, self._sun = term.now, vertices, patches, term.sun
        self._sent = term.sent
        self._mean = PatchMeans(patches, vertices)
        self._faces = BoxFaces(patches, term.boxes)
        through = self._mean(vertices.transmittance, vertices.transmittance)
        reflectance = 1.0 - through - self._mean.optics(vertices.front_absorptance, vertices.back_absorptance)
        for box, own in zip(term.boxes, self._faces.patch, strict=True):
            reflectance[own] = 1.0 - box.absorptance
        self._reflectance = np.clip(reflectance, 0.0, 1.0)
        self._solve = np.linalg.inv(np.eye(len(reflectance)) - self._reflectance[:, None] * patches.factors)
        optics = vertices.front_absorptance, vertices.back_absorptance
        self._seen = Seen((patches.front, patches.back), vertices, optics)

    def add(self, time_s: float, front: NDArray[np.float64], back: NDArray[np.float64]) -> float:
        """Add absorbed light, W/m2; return its power, W."""
        sky, v, patches = self._now.at(time_s), self._vertices, self._patches
        if sky.irradiance == 0.0 and sky.ground_reflected == 0.0:
            self._sent.light = np.zeros(len(patches.names))
            return 0.0
        falling = self._mean(*self._sun.falling(time_s, v))
        for box, own in zip(self._faces.boxes, self._faces.patch, strict=True):
            falling[own] = box.light(sky) + box.lack.at(time_s)[0]
        falling += patches.ground * sky.ground_reflected
        radiosity = self._solve @ (self._reflectance * falling)
        self._sent.light = radiosity
        return self._seen.add(radiosity, front, back)
