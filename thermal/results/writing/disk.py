"""Room on the disk, taken before HDF5 needs it.

HDF5 cannot go on after a write that failed, nor close its file: so each output first has the file system
set blocks aside, which fails cleanly where the disk, a quota or a limit is exhausted.
"""

from __future__ import annotations

import errno
import fcntl
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    import h5py

REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota of the disk is used up",
    errno.EFBIG: "the file would be larger than is allowed",
    errno.EROFS: "the disk is read-only",
}
"""Why a disk takes no more, by the number of the error."""


def is_written_to(path: Path) -> bool:
    """Say whether a process, here or elsewhere, holds HDF5's lock on a file."""
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # a file system without locks
            return False
    return False


class DiskReserve:
    """Sets blocks of a file aside and gives back what was not used.

    Parameters
    ----------
    path
        The file, which exists.

    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR)

    def take(self, file: h5py.File, size: int) -> None:
        """Set room aside behind what HDF5 has written.

        Parameters
        ----------
        file
            The same file, as HDF5 knows it.
        size
            Bytes.

        Raises
        ------
        OSError
            If there is no such room.

        """
        if hasattr(os, "posix_fallocate"):  # not on macOS
            os.posix_fallocate(self._handle, file.id.get_filesize(), size)

    def release(self, size: int) -> None:
        """Cut the file to the size in bytes that HDF5 made use of, and let it go."""
        os.ftruncate(self._handle, size)
        os.close(self._handle)


def reason(error: OSError) -> str:
    """Say in few words why the disk refused."""
    return REASONS.get(error.errno or 0, (error.strerror or str(error)).splitlines()[0])
