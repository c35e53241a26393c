"""Share of the Sun's disc that points on surfaces see through a run.

Convex bodies (boxes, tubes, flat sheets) leave a share that is known in closed form at any time. What is not
convex, such as a draped sheet, is met by rays along the Sun's path, cast once for each stretch of it and only
for points that it can shade.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.kernels import kernel
from thermal.geometry.solids import bounding_box, solid
from thermal.radiation.shadows.convex import ConvexShadows
from thermal.radiation.shadows.ray_tracks import TrackCaster, Tracks

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.geometry.arrays import Array
    from thermal.radiation.rays.occluders import Body, Occluders
    from thermal.radiation.shadows.sun_path import SunPath


_STRETCH: Final = 16.0
"""Length of a stretch of the path, solar radii: about eight hours of the lunar day."""
LUNATION_STRETCHES: Final = 90
"""More than the path of a lunation has: a periodic one is cast once, a longer run keeps no more than this."""


class SunMasks:
    """Visible share of the Sun on points of surfaces as a function of time.

    Parameters
    ----------
    occluders
        What stands in the way.
    points, normals
        (n, 3) m and unit normals of the front (or only) face.
    path
        The Sun's path through the run (one period of a periodic run).
    angular_radius
        Of the solar disc, rad; its change along the path (1.9 % either way in a year) is left out.
    two_sided
        Whether the points have a back face too, scalar or (n,).
    own
        Name of the body that each point lies on, one for all or (n,); "" for none. A convex body
        does not shade itself, a sheet only where its folds do, in low light.
    keep
        Stretches of about eight hours kept in memory, those of a lunation by default; older ones are cast
        again when asked for.

    Raises
    ------
    ValueError
        No body has the name of an own one.

    Notes
    -----
    A gap or a fold of a body that is not convex, narrower than two solar radii along the path (9 mm at a
    metre), can pass between rays. Each point's masks depend on that point, the path and the bodies alone,
    whatever was asked before.

    """

    def __init__(
        self,
        occluders: Occluders,
        points: ArrayLike,
        normals: ArrayLike,
        path: SunPath,
        angular_radius: float,
        *,
        two_sided: bool | NDArray[np.bool_] = True,
        own: ArrayLike = "",
        keep: int = LUNATION_STRETCHES,
    ) -> None:
        place = np.asarray(points, dtype=float).reshape(-1, 3)
        self._normals = np.asarray(normals, dtype=float).reshape(-1, 3)
        self._two_sided = np.array(np.broadcast_to(np.asarray(two_sided), (len(place),)))
        self._path, self._radius = path, angular_radius
        names = np.broadcast_to(np.asarray(own, dtype=str), (len(place),))
        unknown = set(names) - {body.name for body in occluders.bodies} - {""}
        if unknown:
            raise ValueError(f"no body is called {', '.join(sorted(unknown))}")
        shapes = [(body, solid(body.soup) if _even(body) else None) for body in occluders.bodies]
        convex = [(body, shape) for body, shape in shapes if shape is not None]
        index = {body.name: k for k, (body, _) in enumerate(convex)}
        self._convex = ConvexShadows(
            [shape for _, shape in convex],
            [body.mean_transmittance for body, _ in convex],
            place,
            np.array([index.get(str(name), -1) for name in names], dtype=np.int64),
            angular_radius,
        )
        self._light = np.empty(len(place))
        origins = occluders.origins(place, self._normals), occluders.origins(place, -self._normals)
        self._rough = [
            _RoughBody(occluders, body, place, names == body.name, path, angular_radius, keep).on(
                *origins, self._normals
            )
            for body, shape in shapes
            if shape is None
        ]

    def cast_ahead(self) -> None:
        """Cast what the path needs by day now, as much of it as is kept, so that no later call has to."""
        for body in self._rough:
            body.cast_ahead()

    def at(self, time_s: float) -> tuple[Array, Array]:
        """Return the visible share of the Sun on front and back face, each (n,).

        A face whose plane hides the whole disc has 0, and all have while the disc is below the flat horizon.
        Where the plane cuts the disc, both faces have the share that other bodies leave:
        :func:`disc_cosine` then gives what falls on each.
        """
        front, back = np.zeros(len(self._normals)), np.zeros(len(self._normals))
        sun = self._path.direction_at(self._path.way_at(time_s))
        if sun[2] < -np.sin(self._radius):
            return front, back
        light, limit = self.past_others(time_s), np.sin(self._radius)
        _split(light, self._normals, self._two_sided, sun, limit, front, back)
        return front, back

    def past_others(self, time_s: float) -> Array:
        """Return the share of the disc that bodies leave to each point, (n,), whichever way its faces look.

        The ground hides nothing here: on a slope the Sun is up below the flat horizon. The array is
        overwritten by the next call.
        """
        way = self._path.way_at(time_s)
        sun = self._path.direction_at(way)
        self._light[:] = self._convex(way, sun)
        for body in self._rough:
            body.dim(way, self._light)
        return self._light


class _RoughBody:
    """A body that is not convex and what its tracks leave of the Sun."""

    def __init__(
        self,
        occluders: Occluders,
        body: Body,
        points: Array,
        own: NDArray[np.bool_],
        path: SunPath,
        radius: float,
        keep: int,
    ) -> None:
        self._alone, self._path, self._radius, self._keep = occluders.only(body.name), path, radius, keep
        self._mean, self._facets = occluders.relief(body.name)
        self._height_field = bool(np.all(self._facets @ self._mean > 0.0))
        self._own = np.flatnonzero(own)
        self._others = np.flatnonzero(~own)
        box = bounding_box(body.soup, self._mean)
        nobody = np.full(len(self._others), -1, dtype=np.int64)
        self._near = ConvexShadows([box], [0.0], points[self._others], nobody, radius)
        self._stretches: OrderedDict[int, Tracks] = OrderedDict()

    def on(self, front: NDArray[np.float32], back: NDArray[np.float32], normals: Array) -> _RoughBody:
        """Say where rays start."""
        self._caster = TrackCaster(self._alone, front, back, normals, self._path, self._radius)
        return self

    def cast_ahead(self) -> None:
        """Cast the stretches of the path that the Sun is up in, no more than are kept."""
        length = _STRETCH * self._radius
        for number in range(min(self._keep, int(self._path.length // length) + 1)):
            if np.any(self._suns(number)[:, 2] >= -2.0 * np.sin(self._radius)):
                self._tracks(number)

    def dim(self, way: float, light: Array) -> None:
        """Multiply the light on all points by what this body leaves at a way of the Sun."""
        self._tracks(int(way // (_STRETCH * self._radius))).dim(way, self._radius, light)

    def _tracks(self, number: int) -> Tracks:
        """Tracks of a stretch, cast unless they are kept."""
        if number in self._stretches:
            self._stretches.move_to_end(number)
        else:
            self._stretches[number] = self._cast(number)
            if len(self._stretches) > self._keep:
                self._stretches.popitem(last=False)
        return self._stretches[number]

    def _suns(self, number: int) -> Array:
        """Directions to the Sun along a stretch, two radii apart, (k, 3)."""
        length = _STRETCH * self._radius
        return self._path.directions_at(np.linspace(number * length, (number + 1) * length, 9))

    def _cast(self, number: int) -> Tracks:
        """Follow the points that this body can shade within a stretch."""
        length = _STRETCH * self._radius
        begin, middle = number * length, (number + 0.5) * length
        near = self._near.reached(middle, self._path.direction_at(middle), 0.5 * length)
        points = np.union1d(self._others[near], self._own if self._folds(number) else self._own[:0])
        return self._caster.cast(begin, begin + length, points)

    def _folds(self, number: int) -> bool:
        """Whether the body can shade itself within a stretch.

        A ray that leaves a height field and meets it again has passed over a facet turned from the Sun.
        """
        # Two radii are the disc and its lift off the own plane; the rest is what lies between the samples.
        suns, reach = self._suns(number), 4.0 * np.sin(self._radius)
        facing = (self._facets @ suns.T) * np.sign(suns @ self._mean)
        return not self._height_field or bool(np.any(facing <= reach))


def _even(body: Body) -> bool:
    """Whether the same share of light passes everywhere."""
    through = np.asarray(body.transmittance, dtype=float)
    return bool(np.ptp(through) < 1e-6)


@kernel
def _split(
    light: Array, normals: Array, two_sided: NDArray[np.bool_], sun: Array, limit: float,
    front: Array, back: Array,
) -> None:  # fmt: skip
    """Give the light to the faces that the disc can reach."""
    for i in range(len(light)):
        cosine = normals[i, 0] * sun[0] + normals[i, 1] * sun[1] + normals[i, 2] * sun[2]
        if cosine > -limit:
            front[i] = light[i]
        if cosine < limit and two_sided[i]:
            back[i] = light[i]
