"""How an input of a sampled axis is distributed: quantiles in, override texts out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from thermal.study.design.bounded import Empirical, Triangular, Uniform
from thermal.study.design.normals import FromDatabase, Lognormal, Normal

Input = Annotated[
    Uniform | Triangular | Empirical | Normal | Lognormal | FromDatabase,
    Field(discriminator="distribution"),
]
