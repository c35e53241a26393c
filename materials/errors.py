"""What the database raises beside :class:`~materials.problems.MaterialError`."""

from __future__ import annotations

from materials.problems import MaterialError


class NoDataError(MaterialError):
    """The database holds no such datum: nothing is put in its place."""


class OutOfRangeError(MaterialError):
    """A property was asked for at a temperature its data do not reach."""
