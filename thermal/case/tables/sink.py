"""Tables ``[sink.NAME]``: bodies of given temperature that joints lead to."""

from typing import Self

from pydantic import Field, model_validator

from thermal.case.tables.base import Table
from thermal.case.tables.validation_error import wrong
from thermal.core.units import Temperature


class Sink(Table):
    """A body of given temperature, such as the lander."""

    temperature: Temperature | None = None
    """Constant temperature."""
    table: str | None = Field(default=None, examples=["lander.csv"])
    """File beside the case with columns `time [h]` and `temperature [K]`."""

    @model_validator(mode="after")
    def _check_one_law(self) -> Self:
        if (self.temperature is None) == (self.table is None):
            message = "a sink needs exactly one of temperature and table"
            raise wrong("contradiction", message, 'write e.g. temperature = "290 K"')
        return self
