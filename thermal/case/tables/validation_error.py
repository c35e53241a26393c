"""Raise pydantic's error with a code of the catalogue."""

from pydantic_core import PydanticCustomError


def wrong(code: str, message: str, remedy: str) -> PydanticCustomError:
    """Return the error of a validator.

    Parameters
    ----------
    code
        Key of the error catalogue.
    message, remedy
        What is wrong, and what to write instead.

    """
    return PydanticCustomError(code, "{message}", {"message": message, "remedy": remedy})
