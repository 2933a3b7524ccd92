"""Reading plain data as a typed shape and writing it back, by pydantic."""

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")
_MADE: dict[type[Any], TypeAdapter[Any]] = {}


def adapter_of(shape: type[T]) -> TypeAdapter[T]:
    """Read and write values of a type. Made once: making one takes a hundred times as long as reading with it."""
    if shape not in _MADE:
        _MADE[shape] = TypeAdapter(shape)
    return _MADE[shape]
