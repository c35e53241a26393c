"""Text of a file a user gives: UTF-8, and a word for what it is instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT: Final = 1000
"""Bytes from which a kind of file is told."""


class TextError(ValueError):
    """A file cannot be read as text.

    Parameters
    ----------
    code
        Key of the error catalogue: ``cannot-read``, ``too-large`` or ``not-text``.
    message
        What is wrong, without a full stop.
    remedy
        What to do; empty where only the caller knows.

    """

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


def read_text(path: Path, most_bytes: int) -> str:
    """Read a text in UTF-8, with or without a byte-order mark.

    Parameters
    ----------
    path
        The file.
    most_bytes
        Size above which it is refused unread.

    Raises
    ------
    TextError
        The file cannot be read, is larger, binary, or in another encoding, which is named.

    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(most_bytes + 1)
    except OSError as error:
        raise TextError("cannot-read", (error.strerror or "cannot be read").lower()) from error
    if len(raw) > most_bytes:
        raise TextError("too-large", f"the file has more than {most_bytes / 1e6:.3g} MB")
    return _decoded(raw)


def _decoded(raw: bytes) -> str:
    head = raw[:_LOOKED_AT]
    if raw.startswith(_UTF16) or _is_every_other_byte_nought(head):
        raise TextError("not-text", "not a text file in UTF-8 but in UTF-16", "save it as UTF-8")
    if b"\0" in raw:
        raise TextError("not-text", "not a text file (UTF-8): it holds binary data")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not _reads_as_latin(head):
            raise TextError("not-text", "not a text file (UTF-8): it holds binary data") from error
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"line {line} has the byte {raw[error.start]:#x}"
        message = f"not a text file in UTF-8: {byte}, as Latin-1 and Windows-1252 have"
        raise TextError("not-text", message, "save it as UTF-8") from error


def _is_every_other_byte_nought(head: bytes) -> bool:
    """Tell UTF-16 without a mark: plain letters have a byte of zero each."""
    even, odd = head[::2], head[1::2]
    return len(head) >= 4 and (set(even) == {0} or set(odd) == {0}) and set(head) != {0}


def _reads_as_latin(head: bytes) -> bool:
    """Tell text from a binary file: nothing below a blank but tabs and ends of lines."""
    return not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
