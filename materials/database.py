"""The database: the shipped files, the user's own, and where each material comes from."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

from materials.material import Material
from materials.problems import MaterialError, Problem
from materials.schema import reader
from materials.schema.build import build
from materials.schema.draft import draft_of
from materials.schema.references import Bibliography, read_bibliography
from materials.wording import close_words

LOG: Final = logging.getLogger("lunarflag.materials")
SHIPPED: Final = Path(__file__).parent / "data"
VARIABLE: Final = "LUNARFLAG_MATERIALS"
ENTRY_POINTS: Final = "lunarflag.materials"


class Database(Mapping[str, Material]):
    """Materials by name; a file is read when its material is first asked for.

    Parameters
    ----------
    files
        Name to file.
    directories
        Where the files were found, for the bibliographies beside them.

    """

    def __init__(self, files: Mapping[str, Path], directories: Sequence[Path] = ()) -> None:
        self._files = dict(files)
        self._directories = tuple(directories)
        self._materials: dict[str, Material] = {}

    def __getitem__(self, name: str) -> Material:
        """Return a material.

        Raises
        ------
        MaterialError
            When there is none of that name (the message gives near names) or its file is invalid.

        """
        if name not in self._materials:
            if name not in self._files:
                raise self._unknown(name)
            self._materials[name] = self._read(name)
        return self._materials[name]

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)

    def path(self, name: str) -> Path:
        """File of a material."""
        if name not in self._files:
            raise self._unknown(name)
        return self._files[name]

    @property
    def files(self) -> dict[str, Path]:
        """File of each material, by name."""
        return dict(self._files)

    def bibliography(self) -> Bibliography:
        """Return the references of all directories; those of later ones override."""
        return read_bibliography(
            path for folder in self._directories for path in sorted(folder.rglob("*.bib"))
        )

    def _unknown(self, name: str) -> MaterialError:
        near = close_words(name, self._files)
        remedy = (
            f"did you mean {' or '.join(repr(one) for one in near)}?"
            if near
            else "see `lunarflag materials list`"
        )
        return MaterialError(Problem("unknown-material", name, f"there is no material {name!r}", remedy))

    def _read(self, name: str) -> Material:
        draft = draft_of(reader.read_text(self._files[name]))
        built = build(draft)
        if built.problems:
            raise MaterialError(built.problems)
        material = built.material
        for coating in draft.file.coatings:
            if coating not in self._files:
                where = draft.source.where(("coatings",))
                raise MaterialError(Problem("unknown-material", where, f"there is no coating {coating!r}"))
            states = {key: replace(one, material=name) for key, one in self[coating].surface_states.items()}
            material = replace(material, surface_states={**material.surface_states, **states})
        return material


def files_in(directory: Path) -> dict[str, Path]:
    """Material files of a directory and its subdirectories, by name.

    Raises
    ------
    MaterialError
        When the directory is none, or two files of it have the same name.

    """
    if not directory.is_dir():
        raise MaterialError(
            Problem(
                "cannot-read", str(directory), "there is no such directory of materials", "check the path"
            )
        )
    found: dict[str, Path] = {}
    problems = []
    for path in sorted(directory.rglob("*.toml")):
        if path.stem in found:
            message = f"the material {path.stem!r} is already in {found[path.stem]}"
            problems.append(
                Problem("duplicate-material", str(path), message, "rename or remove one of the two")
            )
        found[path.stem] = path
    if problems:
        raise MaterialError(problems)
    return found


def user_directories(paths: Sequence[Path] = ()) -> list[Path]:
    """Directories beside the shipped one, later ones overriding: entry points, environment, ``paths``."""
    found = []
    for point in metadata.entry_points(group=ENTRY_POINTS):
        target = point.load()
        found.append(Path(target() if callable(target) else target))
    found += [Path(part) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]
    return list(dict.fromkeys([*found, *(Path(path) for path in paths)]))


def load_database(paths: Sequence[Path] = ()) -> Database:
    """Open the database.

    Parameters
    ----------
    paths
        Directories of the user's own files. They override the shipped materials, and those of the entry
        points (group ``lunarflag.materials``) and of the variable ``LUNARFLAG_MATERIALS``; each override
        is logged as a warning.

    Raises
    ------
    MaterialError
        When a directory is none or holds a name twice.

    """
    files = files_in(SHIPPED)
    own = user_directories(paths)
    for directory in own:
        for name, path in files_in(directory).items():
            if name in files:
                _tell(path, name, files[name].parent)
            files[name] = path
    return Database(files, (SHIPPED, *own))


@cache
def _tell(path: Path, name: str, folder: Path) -> None:
    """Say that a file takes the place of a material: once, however often the database is loaded."""
    LOG.warning("%s takes the place of the material %r of %s", path, name, folder)
