"""Reading a spreadsheet into rows of words: CSV as Excel and others write it, and .xlsx.

Row numbers are those the spreadsheet shows: the header is row 1, and a cell with line ends is
one row. Knows nothing of pupils; runs no formula, follows no link, trusts no size.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from oost_desktop.errors import UserError

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_XLSX = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number, its cells by column as typed, and how many cells had no column."""

    number: int
    cells: Mapping[str, str]
    left_over: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spreadsheet's columns in order and its rows; `remark` is about how it was read."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    remark: str = ""


def read_sheet(path: Path) -> Sheet:
    """Read a file. Raises UserError if it is no spreadsheet, too large, or has no header."""
    data = _bytes_of(path)
    if path.suffix.lower() in _XLSX or data[:4] == b"PK\x03\x04":
        return _sheet(_xlsx_rows(data), "")
    text, remark = _decoded(data)
    return _sheet(_csv_rows(text), remark)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("The spreadsheet is larger than 20 MB.", "Split it into parts.")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}” cannot be read: {error.strerror}.", "Check the file and its place."
        ) from error


def _decoded(data: bytes) -> tuple[str, str]:
    """UTF-8, with or without its mark; else what Excel writes on an English Windows."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        words = "This file is not in UTF-8, so it was read as Windows text: check the accents."
        return data.decode("cp1252", "replace"), words


def _csv_rows(text: str) -> Iterator[list[str]]:
    if "\0" in text:
        raise UserError("This is not a spreadsheet.", "Save it as CSV (UTF-8) or .xlsx.")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise UserError(
            f"The spreadsheet cannot be read at line {reader.line_num}.",
            "Save it again as CSV (UTF-8) or .xlsx.",
        ) from error


def _xlsx_rows(data: bytes) -> list[list[str]]:
    import openpyxl  # takes a quarter of a second: only those who import pay for it

    damaged = UserError("This spreadsheet is damaged or protected.", "Save it again as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise UserError("The spreadsheet is too large.", "Split it into parts.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            rows = book.worksheets[0].iter_rows(
                max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True
            )
            return [[_words(cell) for cell in row] for row in rows]
        finally:
            book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, SyntaxError) as error:
        raise damaged from error


def _words(cell: Any) -> str:
    """A cell as a person would have typed it: days as ISO dates, whole numbers without .0."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _sheet(rows: Iterable[list[str]], remark: str) -> Sheet:
    lines: list[Line] = []
    columns: tuple[str, ...] | None = None
    for number, cells in enumerate(rows, start=1):
        if columns is None:
            columns = _columns(cells)
            continue
        if number > MOST_ROWS + 1:
            raise UserError(f"The spreadsheet has more than {MOST_ROWS:,} rows.", "Split it.")
        tidied = [_tidy(cell) for cell in cells]
        if any(tidied):
            named = dict(zip(columns, tidied, strict=False))
            spare = sum(1 for cell in tidied[len(columns) :] if cell)
            lines.append(Line(number, named, spare))
    if columns is None:
        raise UserError("The spreadsheet is empty.", "Its first row must name the columns.")
    return Sheet(columns, tuple(lines), remark)


def _columns(cells: list[str]) -> tuple[str, ...]:
    names = [_tidy(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    named = [name for name in names if name]
    if not named:
        raise UserError("The first row names no columns.", "Name them as the guide shows.")
    twice = {name for name in named if named.count(name) > 1}
    if twice:
        raise UserError(f"The column {min(twice)} is there twice.", "Take one of them out.")
    return tuple(name or f"column {place}" for place, name in enumerate(names, start=1))


def _tidy(cell: str) -> str:
    """Composed characters, plain line ends, no spaces around, nothing that cannot be seen."""
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c for c in text if c == "\n" or c == "\t" or unicodedata.category(c) != "Cc")
    return kept.replace("\u00a0", " ").strip().strip("\ufeff\u200b")
