"""Axes of a study that are drawn from distributions: Latin hypercube, Sobol and Morris designs.

The designs are SALib's on the unit cube; the seed stands in the study file, so that a plan can be repeated.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.study.design.amount import invalid
from thermal.study.design.distributions import Input

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.study.design.axes import Patch


class _SampledAxis(Table, ABC):
    """Inputs with distributions, a sample size and a seed."""

    seed: int = Field(ge=0)
    input: tuple[Input, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> _SampledAxis:
        keys = [item.key for item in self.input]
        if len(set(keys)) < len(keys):
            raise invalid("the same key appears twice among the inputs", "remove one")
        return self

    @property
    @abstractmethod
    def size(self) -> int:
        """Number of patches."""

    def problem(self) -> dict[str, Any]:
        """SALib's description of the unit cube of these inputs."""
        names = [item.key for item in self.input]
        return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}

    @abstractmethod
    def design(self) -> NDArray[np.float64]:
        """Points of the design in the unit cube, (members, inputs)."""

    def patches(self) -> list[Patch]:
        """One patch a point of the design, in the design's order."""
        design = self.design()
        columns = [item.texts(design[:, column]) for column, item in enumerate(self.input)]
        keys = [item.key for item in self.input]
        return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


class LatinHypercubeAxis(_SampledAxis):
    """``count`` points, each input stratified."""

    kind: Literal["latin_hypercube"]
    count: int = Field(ge=1)

    @property
    def size(self) -> int:
        """Number of patches."""
        return self.count

    def design(self) -> NDArray[np.float64]:
        """Points of the design in the unit cube, (count, inputs)."""
        from scipy.stats import qmc

        cube = qmc.LatinHypercube(d=len(self.input), rng=np.random.default_rng(self.seed))
        return np.asarray(cube.random(self.count), dtype=np.float64)


class SobolAxis(_SampledAxis):
    """Saltelli's design for Sobol indices: ``count`` * (inputs + 2) members."""

    kind: Literal["sobol"]
    count: int = Field(ge=2, description="base sample, a power of two")

    @model_validator(mode="after")
    def _power_of_two(self) -> SobolAxis:
        if self.count & (self.count - 1):
            raise invalid(f"count = {self.count} is not a power of two", "write e.g. count = 1024")
        return self

    @property
    def block(self) -> int:
        """Members that belong to one point of the base sample."""
        return len(self.input) + 2

    @property
    def size(self) -> int:
        """Number of patches."""
        return self.count * self.block

    def design(self) -> NDArray[np.float64]:
        """Points of the design in the unit cube, (count * (inputs + 2), inputs)."""
        from SALib.sample import sobol

        design = sobol.sample(self.problem(), self.count, calc_second_order=False, seed=self.seed)
        return np.asarray(design, dtype=np.float64)


class MorrisAxis(_SampledAxis):
    """``count`` trajectories of one-at-a-time steps: ``count`` * (inputs + 1) members."""

    kind: Literal["morris"]
    count: int = Field(ge=2)
    levels: int = Field(default=4, ge=2)

    @property
    def block(self) -> int:
        """Members of one trajectory."""
        return len(self.input) + 1

    @property
    def size(self) -> int:
        """Number of patches."""
        return self.count * self.block

    def design(self) -> NDArray[np.float64]:
        """Points of the design in the unit cube, (count * (inputs + 1), inputs)."""
        from SALib.sample.morris import sample

        design = sample(self.problem(), self.count, num_levels=self.levels, seed=self.seed)
        return np.asarray(design, dtype=np.float64)
