"""Exact shadows of convex bodies: the share of the Sun's disc that they leave, at any direction of the Sun.

Seen from a point a convex body fills a cone bounded by planes through the point and its silhouette edges. In
the disc these planes are straight lines, and what one body, or several that overlap, cut from it is an area
in closed form. How far the Sun is from cutting a cone says how long nothing changes for that point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from thermal.core.kernels import kernel
from thermal.radiation.shadows.disc_area import common_area

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from thermal.geometry.arrays import Array, IntArray
    from thermal.geometry.solids import Solid

_CLEAR, _CUT, _COVERED = 0, 1, 2
_ON_FACE = 1e-7
"""m: a point so near to the plane of a face counts as on it."""
_MARGIN = 1e-6
"""rad: by how much the way between two directions can be shorter than their angle."""
_FAR = np.sin(0.1) ** 2
"""Squared sine of a distance to the Sun that is enough to know: a nearly round body has many edges."""
_MOST_CUT = 12
"""Bodies that cut one disc together; further ones are taken as if they overlapped at random."""


class ConvexShadows:
    """Light that convex bodies leave to points, remembered for as long as it cannot change.

    Parameters
    ----------
    solids
        The bodies.
    transmittance
        (b,) share of light that passes each.
    points
        (n, 3) m.
    own
        (n,) body that each point lies on the surface of and that never hides the Sun from it; -1 for none.
    angular_radius
        Of the solar disc, rad.

    """

    def __init__(
        self,
        solids: Sequence[Solid],
        transmittance: ArrayLike,
        points: Array,
        own: IntArray,
        angular_radius: float,
    ) -> None:
        self._points, self._own = points, own
        self._through = np.asarray(transmittance, dtype=float)
        self._radius = angular_radius
        self._first_face = _starts([len(s.faces) for s in solids])
        self._first_edge = _starts([len(s.edges) for s in solids])
        self._faces = np.concatenate([np.zeros((0, 4)), *(s.faces for s in solids)])
        self._edges = np.concatenate([np.zeros((0, 2, 3)), *(s.edges for s in solids)])
        self._sides = np.concatenate([np.zeros((0, 2), np.int64), *(s.sides for s in solids)])
        self._middles = np.array([s.middle for s in solids]).reshape(-1, 3)
        shape = (len(points), len(solids))
        self._from, self._to = np.full(shape, np.inf), np.full(shape, -np.inf)
        self._state = np.zeros(shape, np.int8)
        self._calm = np.tile([np.inf, -np.inf], (len(points), 1))
        self._light = np.ones(len(points))

    def __call__(self, way: float, sun: Array) -> Array:
        """Return the light (n,), 0 to 1, that the bodies leave: the same array at every call.

        Parameters
        ----------
        way
            Angle that the Sun has travelled, rad: directions differ by no more than their ways.
        sun
            (3,) unit vector to the Sun.

        """
        _leave(
            self._light, way, _frame(sun), self._radius, self._points, self._own, self._through,
            self._faces, self._first_face, self._edges, self._sides, self._first_edge, self._middles,
            self._from, self._to, self._state, self._calm,
        )  # fmt: skip
        return self._light

    def reached(self, way: float, sun: Array, reach: float) -> NDArray[np.bool_]:
        """Whether any body can hide part of the Sun from each point, (n,), within a reach of the way, rad."""
        self(way, sun)
        clear = (self._state == _CLEAR) & (self._from < way - reach) & (self._to > way + reach)
        return np.asarray(~np.all(clear, axis=1))


def _starts(counts: Sequence[int]) -> IntArray:
    return np.concatenate([[0], np.cumsum(np.asarray(counts, dtype=np.int64))]).astype(np.int64)


@kernel
def _frame(sun: Array) -> Array:
    """Axes of the disc, (3, 3): as :func:`thermal.radiation.shadows.disc.disc_frame`, then its middle."""
    frame = np.zeros((3, 3))
    level = np.sqrt(sun[0] * sun[0] + sun[1] * sun[1])
    frame[0, 0], frame[0, 1] = (-sun[1] / level, sun[0] / level) if level >= 1e-9 else (1.0, 0.0)
    frame[1, 0] = -sun[2] * frame[0, 1]
    frame[1, 1] = sun[2] * frame[0, 0]
    frame[1, 2] = sun[0] * frame[0, 1] - sun[1] * frame[0, 0]
    frame[2] = sun
    return frame


@kernel
def _leave(  # noqa: C901  (one pass over the bodies of a point, with its buffers)
    light: Array, way: float, frame: Array, radius: float, points: Array, own: IntArray, through: Array,
    faces: Array, first_face: IntArray, edges: Array, sides: IntArray, first_edge: IntArray, middles: Array,
    start: Array, stop: Array, state: NDArray[np.int8], calm: Array,
) -> None:  # fmt: skip
    """Bring the light that all bodies leave to every point up to date; see :class:`ConvexShadows`."""
    bodies = len(through)
    front = np.empty(len(faces), np.bool_)
    lines = np.empty((len(edges), 3))
    owner = np.empty(len(edges), np.int64)
    passing = np.empty(max(1, bodies))
    for i in range(len(points)):
        if calm[i, 0] < way < calm[i, 1]:
            continue
        whole, begin, end = 1.0, -np.inf, np.inf
        cut = count = 0
        for k in range(bodies):
            if k == own[i]:
                continue
            if not start[i, k] < way < stop[i, k]:
                found = _look(
                    points[i], frame, radius, faces, first_face[k], first_face[k + 1],
                    edges, sides, first_edge[k], first_edge[k + 1], middles[k], front, lines, count,
                )  # fmt: skip
                state[i, k] = found[0]
                start[i, k], stop[i, k] = way - found[1], way + found[1]
                if found[0] == _CUT:
                    owner[count : found[2]] = cut
                    count = found[2]
                    passing[cut] = through[k]
                    cut += 1
                    if cut == _MOST_CUT:
                        whole *= _overlap(lines, owner, count, passing, cut)
                        cut = count = 0
            begin, end = max(begin, start[i, k]), min(end, stop[i, k])
            if state[i, k] == _COVERED:
                whole *= through[k]
                if through[k] == 0.0:
                    begin, end = start[i, k], stop[i, k]
                    break
        if whole > 0.0 and cut > 0:
            whole *= _overlap(lines, owner, count, passing, cut)
        light[i] = whole
        calm[i] = begin, end


@kernel
def _overlap(lines: Array, owner: IntArray, count: int, passing: Array, cut: int) -> float:
    """Light that bodies which cut the disc leave: the product over them, by inclusion and exclusion."""
    light = 1.0
    for chosen in range(1, 1 << cut):
        weight = 1.0
        for k in range(cut):
            if (chosen >> k) & 1:
                weight *= passing[k] - 1.0
        light += weight * common_area(lines, owner, count, chosen)
    return min(1.0, max(0.0, light))


@kernel
def _turned(point: Array, faces: Array, face: int, last_face: int, front: NDArray[np.bool_]) -> bool:
    """Write which faces of a body a point lies before, and return whether there are any."""
    seen = False
    for f in range(face, last_face):
        height = 0.0
        for c in range(3):
            height += faces[f, c] * point[c]
        front[f - face] = height - faces[f, 3] > _ON_FACE
        seen = seen or front[f - face]
    return seen


@kernel
def _look(
    point: Array, frame: Array, radius: float, faces: Array, face: int, last_face: int,
    edges: Array, sides: IntArray, edge: int, last_edge: int, middle: Array,
    front: NDArray[np.bool_], lines: Array, count: int,
) -> tuple[int, float, int]:  # fmt: skip
    """State of a body before the disc, how far the Sun can move without a change of it, rad, and its lines.

    Lines a.x >= b bound the body in the disc, in solar radii; they are appended from ``count``.
    """
    if not _turned(point, faces, face, last_face, front):  # inside a polyhedron, or in the plane of a sheet
        return (_CLEAR if last_face - face == 2 else _COVERED), np.inf, count
    size, limit = np.tan(radius), np.sin(radius) ** 2
    outside, inside = 0.0, 1.0
    first, clear = count, False
    m0, m1, m2 = middle[0] - point[0], middle[1] - point[1], middle[2] - point[2]
    for e in range(edge, last_edge):
        if front[sides[e, 0]] == front[sides[e, 1]]:
            continue
        a0, a1, a2 = (edges[e, 0, 0] - point[0], edges[e, 0, 1] - point[1], edges[e, 0, 2] - point[2])
        b0, b1, b2 = (edges[e, 1, 0] - point[0], edges[e, 1, 1] - point[1], edges[e, 1, 2] - point[2])
        n0, n1, n2 = a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0
        square = n0 * n0 + n1 * n1 + n2 * n2
        if square == 0.0:
            continue
        sign = -1.0 if n0 * m0 + n1 * m1 + n2 * m2 < 0.0 else 1.0
        height = sign * (n0 * frame[2, 0] + n1 * frame[2, 1] + n2 * frame[2, 2])
        away = height * height / square  # squared sine of the Sun's distance from the edge's plane
        if away < limit:
            along = np.sqrt(1.0 - away)
            scale = sign / (np.sqrt(square) * along)
            lines[count, 0] = (n0 * frame[0, 0] + n1 * frame[0, 1] + n2 * frame[0, 2]) * scale
            lines[count, 1] = (n0 * frame[1, 0] + n1 * frame[1, 1] + n2 * frame[1, 2]) * scale
            lines[count, 2] = -height / (np.sqrt(square) * along * size)
            count += 1
        elif height > 0.0:
            inside = min(inside, away)
        else:
            clear, outside = True, max(outside, away)
            if outside > _FAR:
                break
    if count > first and not clear:
        return _CUT, 0.0, count
    spare = np.arcsin(np.sqrt(outside if clear else inside)) - radius - _MARGIN
    return (_CLEAR if clear else _COVERED), max(0.0, spare), first
