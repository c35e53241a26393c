"""What every table of a case has in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Table(BaseModel):
    """One table of a case file: frozen, and refusing keys it does not know."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        validate_default=False,
    )


Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
"""Name that a user gives to a part, probe or sink: a letter, then letters, digits, ``_`` or ``-``."""
