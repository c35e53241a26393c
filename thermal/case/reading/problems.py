"""Turn the errors of pydantic into findings with advice."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from materials.wording import nearest
from thermal.case.reading.finding import Finding
from thermal.case.reading.hints import example_at, known_keys, schema_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from thermal.case.reading.lines import Location


def findings_of(error: ValidationError) -> list[Finding]:
    """Convert the errors of a validation.

    Parameters
    ----------
    error
        What pydantic raised on the data of a case.

    Returns
    -------
    list of Finding
        One a wrong key, in the order of the models.

    """
    return [_finding(detail) for detail in error.errors()]


def _finding(detail: ErrorDetails) -> Finding:
    context = detail.get("ctx", {})
    if "remedy" in context:
        remedy = _with_example_of_key(context["remedy"], context.get("example"), detail["loc"])
        return Finding(detail["type"], detail["loc"], detail["msg"], remedy)
    return _FORMS.get(detail["type"], _wrong_type)(detail)


def _with_example_of_key(remedy: str, general: str | None, location: Location) -> str:
    """Put the example of this key in place of the general one of its kind of quantity."""
    examples = schema_at(location).get("examples")
    return remedy.replace(f'"{general}"', f'"{examples[0]}"') if general and examples else remedy


def _unknown_key(detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    key = str(location[-1])
    return Finding("unknown-key", location, f'"{key}" is unknown', nearest(key, known_keys(location[:-1])))


def _missing(detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    if isinstance(location[-1], int):
        return _wrong_length(detail)
    return Finding("missing-key", location, f"{location[-1]} is missing", _advice(location))


def _wrong_length(detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    whole = location[:-1] if isinstance(location[-1], int) else location
    items = schema_at(whole).get("items", ())
    return Finding("wrong-length", whole, f"{len(items)} elements are needed", _advice(whole))


def _not_a_choice(detail: ErrorDetails) -> Finding:
    return Finding("not-a-choice", detail["loc"], _got(detail), f"write {detail['ctx']['expected']}")


def _not_a_table(detail: ErrorDetails) -> Finding:
    location = detail["loc"]
    names = ".".join(str(step) for step in location if isinstance(step, str))
    is_element = bool(location) and isinstance(location[-1], int)
    header = f"[[{names}]]" if is_element else f"[{names}]"
    return Finding(
        "wrong-type", location, f"{_got(detail)}, a table is needed", f"write {header} and its keys below"
    )


def _not_a_list(detail: ErrorDetails) -> Finding:
    return Finding("wrong-type", detail["loc"], f"{_got(detail)}, a list is needed", _advice(detail["loc"]))


def _bad_name(detail: ErrorDetails) -> Finding:
    location = tuple(step for step in detail["loc"] if step != "[key]")
    return Finding(
        "bad-name", location, _got(detail), "begin with a letter, go on with letters, digits, _ or -"
    )


def _not_a_text(detail: ErrorDetails) -> Finding:
    return Finding("wrong-type", detail["loc"], f"{_got(detail)}, a text is needed", _advice(detail["loc"]))


def _out_of_range(detail: ErrorDetails) -> Finding:
    bound = detail["msg"].lower().removeprefix("input should be ")
    return Finding(
        "out-of-range", detail["loc"], f"{detail['input']!r} is out of range", f"it must be {bound}"
    )


def _wrong_type(detail: ErrorDetails) -> Finding:
    message = f"{_got(detail)}: {detail['msg'].lower()}"
    return Finding("wrong-type", detail["loc"], message, _advice(detail["loc"]))


_FORMS: Final[Mapping[str, Callable[[ErrorDetails], Finding]]] = MappingProxyType(
    {
        "extra_forbidden": _unknown_key,
        "missing": _missing,
        "too_long": _wrong_length,
        "too_short": _wrong_length,
        "literal_error": _not_a_choice,
        "model_type": _not_a_table,
        "dict_type": _not_a_table,
        "tuple_type": _not_a_list,
        "greater_than_equal": _out_of_range,
        "less_than_equal": _out_of_range,
        "string_type": _not_a_text,
        "string_pattern_mismatch": _bad_name,
    }
)
"""What to say about each kind of error that pydantic finds by itself."""


def _advice(location: Location) -> str:
    example = example_at(location)
    return f"write e.g. {example}" if example else ""


def _got(detail: ErrorDetails) -> str:
    """Show what was given, cut to a length that a message can carry."""
    shown = f'"{detail["input"]}"' if isinstance(detail["input"], str) else repr(detail["input"])
    short = shown if len(shown) <= 50 else f"{shown[:47]}..."
    return f"{short} is not understood here"
