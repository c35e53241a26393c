"""Print this Python's path if it has dolfinx 0.9 to 0.11 and is new enough itself; exit with 1 if not."""

import importlib.util
import os
import sys

OLDEST_PYTHON = (3, 11)
OLDEST, NEWEST = (0, 9), (0, 11)


def has_dolfinx() -> bool:
    """Return whether `import dolfinx` gives a release this project runs on; looks before it imports.

    A Python inside an environment of this project (it says so by `LUNARFLAG_VENV`) is not the machine's own.
    """
    if "LUNARFLAG_VENV" in os.environ:
        return False
    if sys.version_info < OLDEST_PYTHON or importlib.util.find_spec("dolfinx") is None:
        return False
    try:
        import dolfinx
    except (ImportError, RuntimeError, OSError):
        return False
    release = tuple(int(part) for part in dolfinx.__version__.split(".")[:2])
    return OLDEST <= release <= NEWEST


if __name__ == "__main__":
    if not has_dolfinx():
        sys.exit(1)
    sys.stdout.write(sys.executable + "\n")
