"""What every input of a sampled axis has."""

from __future__ import annotations

from pydantic import Field

from thermal.case.tables.base import Table


class InputTable(Table):
    """One uncertain or free input: the case key or material property it sets."""

    key: str = Field(min_length=1)
