"""The few ways this package puts an array into HDF5, each with its unit and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h5py
import numpy as np

from thermal.results.layout.quantities import FIELDS, FieldInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

ROWS_PER_CHUNK = 512
"""Values in a chunk of a column: 4 kB of doubles."""

TEXT = h5py.string_dtype("utf-8")
"""Type of every text in the file."""


def describe(dataset: h5py.Dataset, info: FieldInfo) -> None:
    """Give a dataset its CF attributes."""
    dataset.attrs["units"] = info.unit
    dataset.attrs["long_name"] = info.long_name
    if info.standard_name:
        dataset.attrs["standard_name"] = info.standard_name


def put(group: h5py.Group, info: FieldInfo, values: ArrayLike, *, compress: bool = False) -> h5py.Dataset:
    """Write an array once.

    Parameters
    ----------
    group
        Where.
    info
        What it is; its name is the dataset's.
    values
        Numbers, of any shape.
    compress
        Whether to compress (shuffle and gzip at level 1, which every reader of HDF5 has).

    """
    array = np.asarray(values)
    options = (
        {"compression": "gzip", "compression_opts": 1, "shuffle": True} if compress and array.size else {}
    )
    dataset = group.create_dataset(info.name, data=array, **options)
    describe(dataset, info)
    return dataset


def put_text(group: h5py.Group, info: FieldInfo, text: str | Iterable[str]) -> h5py.Dataset:
    """Write a text, or a list of texts, once."""
    data = text if isinstance(text, str) else list(text)
    shape = None if isinstance(data, str) else (len(data),)
    dataset = group.create_dataset(info.name, shape=shape, data=data, dtype=TEXT)
    describe(dataset, info)
    return dataset


class Column:
    """A one-dimensional dataset that grows at its end; one that exists goes on growing.

    Parameters
    ----------
    group, info
        Where and what.
    dtype
        Type of its values.
    chunk
        Values in a chunk; what is appended at once is best a multiple of it.
    compress
        Whether to compress.

    """

    def __init__(
        self,
        group: h5py.Group,
        info: FieldInfo,
        dtype: str = "f8",
        chunk: int = ROWS_PER_CHUNK,
        *,
        compress: bool = False,
    ) -> None:
        if info.name in group:
            self.dataset = group[info.name]
        else:
            options = {"compression": "gzip", "compression_opts": 1, "shuffle": True} if compress else {}
            self.dataset = group.create_dataset(
                info.name, shape=(0,), maxshape=(None,), chunks=(chunk,), dtype=dtype, **options
            )
            describe(self.dataset, info)
        self._dtype = np.dtype(dtype)
        self._length = len(self.dataset)

    def append(self, values: ArrayLike) -> None:
        """Add one value or an array of them."""
        array: NDArray[np.generic] = np.ascontiguousarray(np.atleast_1d(values), self._dtype)
        count, own = len(array), self.dataset.id
        # An output appends to some sixty columns: h5py's low-level calls do it in a quarter of the time.
        own.set_extent((self._length + count,))
        place = own.get_space()
        place.select_hyperslab((self._length,), (count,))
        own.write(h5py.h5s.create_simple((count,)), place, array)
        self._length += count


def columns(group: h5py.Group, names: Iterable[str]) -> dict[str, Column]:
    """Make a growing column for each of several quantities of the table."""
    return {name: Column(group, FIELDS[name]) for name in names}
