"""Axes of a study that are drawn from distributions: Latin hypercube, Sobol and Morris designs.

The seed stands in the study file, so that a plan can be repeated. Each design begins with the points of the
smaller one of the same seed, so that a study can be extended: Sobol and Morris designs, which are SALib's, to
any larger count, a Latin hypercube by doubling it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.study.design.amount import invalid
from thermal.study.design.correlation import Correlation, correlated, correlation_matrix, groups_of
from thermal.study.design.distributions import Input
from thermal.study.design.latin_hypercube import nested_latin_hypercube

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.study.design.axes import Patch


class _SampledAxis(Table, ABC):
    """Inputs with distributions, a sample size and a seed."""

    seed: int = Field(ge=0)
    input: tuple[Input, ...] = Field(min_length=1)
    correlation: tuple[Correlation, ...] = ()

    @model_validator(mode="after")
    def _distinct(self) -> _SampledAxis:
        if len(set(self.keys)) < len(self.keys):
            raise invalid("the same key appears twice among the inputs", "remove one")
        correlation_matrix(self.keys, self.correlation)
        return self

    @property
    def keys(self) -> list[str]:
        """Keys of the inputs."""
        return [item.key for item in self.input]

    @property
    def groups(self) -> list[str]:
        """Names of what has sensitivities of its own: inputs, and those that are correlated as one."""
        return [" + ".join(group) for group in groups_of(self.keys, self.correlation)]

    @property
    @abstractmethod
    def size(self) -> int:
        """Number of patches."""

    def problem(self) -> dict[str, Any]:
        """SALib's description of the unit cube of these inputs."""
        names = self.keys
        problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        if not self.correlation:
            return problem
        groups = groups_of(names, self.correlation)
        named = {key: name for name, group in zip(self.groups, groups, strict=True) for key in group}
        return problem | {"groups": [named[key] for key in names]}

    @abstractmethod
    def design(self) -> NDArray[np.float64]:
        """Points of the design in the unit cube, (members, inputs)."""

    def patches(self) -> list[Patch]:
        """One patch a point of the design, in the design's order."""
        design = self.design()
        if self.correlation:
            design = correlated(design, correlation_matrix(self.keys, self.correlation))
        columns = [item.texts(design[:, column]) for column, item in enumerate(self.input)]
        return [dict(zip(self.keys, row, strict=True)) for row in zip(*columns, strict=True)]


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
        return nested_latin_hypercube(self.count, len(self.input), self.seed)


class SobolAxis(_SampledAxis):
    """Saltelli's design for Sobol indices: ``count`` * (inputs + 2) members.

    Correlated inputs are one input here: shares of the variance exist for what is independent (Jacques,
    Lavergne and Devictor 2006, "Sensitivity analysis in presence of model uncertainty and correlated
    inputs").
    """

    kind: Literal["sobol"]
    count: int = Field(ge=2, description="base sample, a power of two")

    @model_validator(mode="after")
    def _power_of_two(self) -> SobolAxis:
        if self.count & (self.count - 1):
            raise invalid(f"count = {self.count} is not a power of two", "write e.g. count = 1024")
        return self

    @model_validator(mode="after")
    def _something_to_compare(self) -> SobolAxis:
        if self.correlation and len(self.groups) == 1:
            message = "all inputs are correlated: as one group they explain all of the variance"
            raise invalid(message, 'add an independent input, or take kind = "latin_hypercube"')
        return self

    @property
    def block(self) -> int:
        """Members that belong to one point of the base sample."""
        return len(self.groups) + 2

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
    levels: int = Field(default=4, ge=2, multiple_of=2)

    @model_validator(mode="after")
    def _independent(self) -> MorrisAxis:
        if self.correlation:
            message = "a Morris design moves one input at a time, which correlated inputs do not"
            raise invalid(message, 'take kind = "sobol" or "latin_hypercube", or leave the correlation out')
        return self

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
