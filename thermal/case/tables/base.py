"""What every table of a case has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from thermal.core.units import Quantity


class Table(BaseModel):
    """One table of a case file: frozen, and refusing keys it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_default=False,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Give defaults of quantities their unit."""
        written = handler(schema)
        properties = handler.resolve_ref_schema(written).get("properties", {})
        for name, field in cls.model_fields.items():
            for quantity in field.metadata:
                if isinstance(quantity, Quantity) and isinstance(field.default, float):
                    properties[name]["default"] = quantity.text(field.default)
        return written


Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""Name that a user gives to a part, probe or sink: a letter, then letters, digits, ``_`` or ``-``."""
