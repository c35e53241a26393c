"""The format of a material file: pydantic models that refuse what they do not know.

The models check form alone; what the numbers mean together is checked in :mod:`materials.checks.files`.
"""

from __future__ import annotations

from math import isnan
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from materials.laws.uncertainty import Distribution
from materials.prop import Bound, Confidence, Method

MAX_POINTS = 10_000

Share = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
Points = Annotated[list[FiniteFloat], Field(min_length=2, max_length=MAX_POINTS)]


class Strict(BaseModel):
    """Refuses unknown keys and stays as it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Extension(Strict):
    """Points above the end of a published formula, joined to it smoothly."""

    T: Annotated[
        list[FiniteFloat], Field(min_length=1, max_length=MAX_POINTS, description="ascending, in T_unit")
    ]
    y: Annotated[
        list[FiniteFloat], Field(min_length=1, max_length=MAX_POINTS, description="in the unit of the datum")
    ]
    u_rel: Annotated[list[Share], Field(min_length=1, description="half width over value, one a point")]
    confidence: Confidence = "E"
    source: Annotated[list[str], Field(min_length=1)]
    note: str = ""

    @model_validator(mode="after")
    def _same_length(self) -> Self:
        if not len(self.T) == len(self.y) == len(self.u_rel):
            raise ValueError("T, y and u_rel must have the same length")
        return self


class Below(Strict):
    """The constant that a source gives below the range of its formula."""

    T: FiniteFloat = Field(description="where the constant begins, in T_unit")
    value: FiniteFloat = Field(description="in the unit of the datum")


class Datum(Strict):
    """One property: constant, table or formula, with where it comes from and how well it is known."""

    unit: str
    kind: Literal["constant", "table", "poly", "log10poly", "nist_erf"] = "constant"
    value: float | None = Field(None, description="of a constant; inf where the effect does not occur")
    T_unit: str = Field("K", description="unit of T, T_range and the temperatures of regression")
    T: Points | None = Field(None, description="ascending, of a table, in T_unit")
    y: Points | None = Field(None, description="values of a table, in the unit of the datum")
    interp: Literal["pchip", "linear"] = "pchip"
    coeffs: Annotated[list[FiniteFloat], Field(min_length=1, max_length=32)] | None = None
    extension: Extension | None = None
    below: Below | None = None
    T_range: Annotated[list[FiniteFloat], Field(min_length=2, max_length=2)] | None = Field(
        None, description="in T_unit; of a table its own ends unless given"
    )
    u_rel: Share | list[Share] | None = Field(
        None, description="half width over value; a list has one for each T"
    )
    u_abs: Share | None = Field(None, description="half width in the unit of the datum")
    u_factor: Annotated[float, Field(ge=1.0, allow_inf_nan=False)] | None = None
    dist: Distribution | None = Field(
        None, description="lognormal with u_factor, otherwise normal unless given"
    )
    confidence: Confidence
    method: Method
    checked: Literal["", "R", "M", "2"] = ""
    source: Annotated[list[str], Field(min_length=1, description="keys of the bibliography")]
    locator: str = ""
    note: str = ""
    bound: Bound = "exact"
    regression: list[Annotated[list[FiniteFloat], Field(min_length=2, max_length=2)]] = Field(
        default_factory=list, description="pairs of temperature and value the law must give, to 0.1 %"
    )

    @model_validator(mode="after")
    def _payload_fits_kind(self) -> Self:
        wanted = {"constant": {"value"}, "table": {"T", "y"}}.get(self.kind, {"coeffs"})
        given = {name for name in ("value", "T", "y", "coeffs") if getattr(self, name) is not None}
        if given != wanted:
            raise ValueError(f"kind {self.kind!r} takes {' and '.join(sorted(wanted))}, and nothing else")
        if self.T is not None and self.y is not None and len(self.T) != len(self.y):
            raise ValueError(f"T has {len(self.T)} points, y has {len(self.y)}")
        if isinstance(self.u_rel, list) and (self.T is None or len(self.u_rel) != len(self.T)):
            raise ValueError("a list of u_rel needs one number for each T of a table")
        if self.value is not None and isnan(self.value):
            raise ValueError("nan is not a value: leave out what is not known")
        if self.u_rel is None and self.u_abs is None and self.u_factor is None:
            raise ValueError("give the uncertainty: u_rel, u_abs or u_factor")
        if self.kind not in ("constant", "table") and self.T_range is None:
            raise ValueError("a formula needs T_range")
        if self.kind not in ("constant", "table") and self.T_unit != "K":
            raise ValueError("a formula takes T in kelvin: leave T_unit out, and give T_range in K")
        if self.below is not None and (self.T_range is None or self.T_range[0] <= self.below.T):
            raise ValueError("below must begin below T_range")
        if self.extension is not None and self.T_range is not None and self.extension.T[0] <= self.T_range[1]:
            raise ValueError("the extension must begin above T_range")
        return self


class NotApplicable(Strict):
    """Why the material does not have a property, which is another thing than not knowing it."""

    source: Annotated[list[str], Field(min_length=1)]
    note: str = ""


class AlternativeDatum(Datum):
    """A datum that is kept beside the preferred one."""

    property: str = Field(description="name or name.direction")
    reason: str = Field(description="why it is not the preferred one")


class SurfaceModel(Strict):
    """A surface state."""

    title: str = ""
    aliases: list[str] = Field(default_factory=list)
    based_on: str = Field("", description="state from which what is not given here is taken")
    solar_absorptance: Datum | None = None
    ir_emissivity: Datum | None = None
    solar_transmittance: Datum | None = None
    ageing: Literal["", "dyed", "undyed"] = ""
    lab: Annotated[list[FiniteFloat], Field(min_length=3, max_length=3)] | None = None
    lab_method: str = ""

    def datum(self, quantity: str) -> Datum | None:
        """Return what is given here of one of the surface quantities."""
        given = {
            "solar_absorptance": self.solar_absorptance,
            "ir_emissivity": self.ir_emissivity,
            "solar_transmittance": self.solar_transmittance,
        }
        return given[quantity]


class ComponentModel(Strict):
    """A fibre of a blended yarn."""

    material: str
    mass_fraction: Annotated[float, Field(gt=0.0, le=1.0)]


class Construction(Strict):
    """How a cloth is made; its numbers are among the properties."""

    weave: str
    yarn: str
    components: list[ComponentModel] = Field(default_factory=list)


class MaterialFile(Strict):
    """A whole file."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: str
    kind: Literal["cloth", "film", "metal", "composite", "coating"]
    summary: str = ""
    coatings: list[str] = Field(
        default_factory=list, description="coatings whose surfaces this material can have"
    )
    construction: Construction | None = None
    properties: dict[str, Datum] = Field(default_factory=dict, description="by name or name.direction")
    not_applicable: dict[str, NotApplicable] = Field(default_factory=dict)
    surfaces: dict[str, SurfaceModel] = Field(default_factory=dict)
    alternative: list[AlternativeDatum] = Field(default_factory=list)
