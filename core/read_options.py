"""What a user says about a file that is read. Light: the window imports it at the start."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadOptions:
    """How a file is to be understood; None: decided from its content.

    sheet: of a workbook. delimiter: "," tab ";" or "|". header: whether the first row names the columns. decimal: "." or ",".
    skip_bad_rows: leave out rows that cannot be split into the columns, instead of refusing the file.
    sample_rows: at most so many rows, drawn at random with `seed`, in the order of the file.
    """

    sheet: str | None = None
    delimiter: str | None = None
    header: bool | None = None
    decimal: str | None = None
    skip_bad_rows: bool = False
    sample_rows: int | None = None
    seed: int = 0


AS_FOUND = ReadOptions()
