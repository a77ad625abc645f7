"""Parquet: the rows of a Parquet file, a few at a time. Needs pyarrow, which is an extra."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from sayso.errors import InputError

_ROWS_AT_ONCE = 64
_BUFFER = 1 << 20


def parquet_rows(file: IO[bytes], name: str) -> Iterator[tuple[str, dict[str, Any]] | InputError]:
    """Rows with the place of each. Raises InputError: pyarrow is missing, or the file is broken."""
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError(name, "is Parquet, which needs pyarrow: pip install 'sayso[parquet]'") from None
    number = 0
    try:
        opened = ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
        for batch in opened.iter_batches(batch_size=_ROWS_AT_ONCE, use_threads=False):
            for values in _readable(batch, arrow).to_pylist():
                number += 1
                yield f"{name}#{number}", {key: _plain(value) for key, value in values.items()}
    except (arrow.ArrowException, OSError, ValueError, OverflowError) as error:
        told = str(error).partition("\n")[0][:120]
        where = f"after row {number}" if number else "from its beginning"
        raise InputError(name, f"is broken Parquet {where} ({told})") from None


def _readable(batch: Any, arrow: Any) -> Any:  # noqa: ANN401  # pyarrow has no types
    """Without moments of less than a microsecond, which Python does not have."""
    for at, field in enumerate(batch.schema):
        if arrow.types.is_timestamp(field.type) and field.type.unit == "ns":
            column = batch.column(at).cast(arrow.timestamp("us", field.type.tz), safe=False)
            batch = batch.set_column(at, field.name, column)
    return batch


def _plain(value: object) -> object:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
