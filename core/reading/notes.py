"""Notes: how a file was understood where it could have been understood otherwise, and what of it was left out."""

from collections.abc import Sequence

from core.errors import Note
from core.usable import Problem


def no_header(file: str, line: int) -> Note:
    return Note(
        "The first row of {file} (line {line}) is an example and no header, so the columns are named column 1, column 2, …",
        file=file,
        line=line,
    )


def decimal_comma(file: str) -> Note:
    return Note("Numbers in {file} are read with a decimal comma", file=file)


def encoding(file: str, name: str) -> Note:
    return Note("{file} is not UTF-8; it is read as {encoding}, so look whether its letters are right", file=file, encoding=name)


def sample(file: str, rows: int, total: int, seed: int) -> Note:
    return Note("A random sample of {rows} of the {total} rows of {file} (seed {seed})", rows=rows, total=total, file=file, seed=seed)


def bad_rows(file: str, rows: int, line: int) -> Note:
    return Note(
        "Rows left out because they do not fit the columns: {rows}; the first is in line {line} of {file}", rows=rows, line=line, file=file
    )


def left_out(rows: int, m: int, problems: Sequence[Problem]) -> Note:
    first = min(problems, key=lambda problem: int(str(problem.error.values["line"])))
    values = first.error.values
    if values["cell"]:
        template = "Rows left out, as a cell is missing or cannot be used: {rows} of {m}; the first is line {line}, column {column}: {cell}"
    else:
        template = "Rows left out, as a cell is missing or cannot be used: {rows} of {m}; the first is line {line}, column {column}"
    return Note(template, rows=rows, m=m, line=values["line"], column=values["column"], cell=values["cell"])


def sheet(file: str, name: str, count: int) -> Note:
    return Note("Sheet {sheet} of the {count} sheets of {file}", sheet=name, count=count, file=file)


def titles(file: str, rows: int) -> Note:
    return Note("Rows above the table that are left out, as they have one cell only: {rows} in {file}", rows=rows, file=file)


def kept_back(file: str, column: str, count: int, m: int) -> Note:
    return Note(
        "Examples kept back to test on, as column {column} of {file} says: {count} of {m}", column=column, file=file, count=count, m=m
    )
