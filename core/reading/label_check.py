"""Which values of the label are y = 1 and y = 0, or why it cannot be the label, as one DataError."""

from dataclasses import dataclass

from core.dataset import Array, Mask
from core.errors import DataError
from core.formula_guard import guarded
from core.reading.column import Column
from core.reading.header import excerpt, listed

SHOWN_VALUES = 5

CHOSEN_LABEL = (
    "{file}, column {column}: a label needs exactly two different values, but this column has {count} ({values})",
    ", or choose another label",
)
# A file that is opened has no place to choose its label yet, so this says where.
NAMED_LABEL = (
    "{file}, column {column}: its name says that it is the label, which needs exactly two different values, but it has {count} ({values})",
    ", or choose another label: --label NAME, or a column that is headed label",
)


@dataclass(frozen=True, eq=False)
class Classes:
    """names: of y = 0 and y = 1. y (m,): 1 or 0. kept (m,): which rows have one of the two, None: all that have a value."""

    names: tuple[str, str]
    y: Array
    kept: Mask | None = None


def check_two_values(column: Column, file: str, *, chosen: bool) -> None:
    """Raises DataError unless the column has one or two values; `chosen`: by the user, and not for its name."""
    if 0 < column.n_values <= 2:
        return
    what, another = CHOSEN_LABEL if chosen else NAMED_LABEL
    if column.is_label_but_for_case():
        remedy = ", as upper and lower case count as different; write each class in one way"
    elif column.n_values > 2:
        remedy = "; keep the rows of two classes, choose the value that is y = 1 (--one VALUE)"
    else:
        remedy = "; fill in the class of each row"
    raise DataError(
        what + remedy + another,
        file=file,
        column=excerpt(column.name),
        count=column.n_values,
        values=shown_values(column) or "-",
    )


def classes_of(column: Column, one: str | None, zero: str | None, file: str) -> Classes:
    """The classes in a label: `one` is y = 1, `zero` the one other value that is kept; None: the second of two, and all the rest.

    Raises DataError when that does not make two classes.
    """
    if one is None and zero is None:
        check_two_values(column, file, chosen=True)
        return _only_class(column) if column.n_values == 1 else _two_classes(column, column.values[0], column.values[1])
    one_value = None if one is None else _value(column, one, file)
    zero_value = None if zero is None else _value(column, zero, file)
    if one_value is None:
        # zero alone: of two values the other one is y = 1
        return _against_rest(column, str(zero_value), file, value_is_one=False)
    if zero_value is None:
        return _against_rest(column, one_value, file, value_is_one=True)
    if (column.has_value(one_value) == column.has_value(zero_value)).all():
        raise DataError(
            "{file}, column {column}: {value} is chosen for y = 1 and for y = 0; choose two different values",
            file=file,
            column=excerpt(column.name),
            value=excerpt(one_value),
        )
    chosen = _two_classes(column, zero_value, one_value)
    return Classes(chosen.names, chosen.y, column.has_value(zero_value) | column.has_value(one_value))


def noted_value(column: Column, classes: tuple[str, str]) -> str | None:
    """The value that is y = 1 where the file itself names its two classes; None: it is not this column, or has but one of them."""
    zero, one = (column.value(guarded(name)) for name in classes)
    return one if zero is not None and column.n_values == 2 else None


def noted_only_class(column: Column, classes: tuple[str, str]) -> Classes | None:
    """The classes in a column with one value, which is one of those that the file itself names; None: it is not."""
    zero, one = (column.value(guarded(name)) for name in classes)
    if column.n_values != 1 or (zero is None and one is None):
        return None
    y = column.has_value(column.values[0]).astype(float)
    return Classes((guarded(classes[0]), guarded(classes[1])), y if one is not None else 0 * y)


def shown_values(column: Column) -> str:
    """The lowest values of the column, for a message."""
    return listed(column.values[:SHOWN_VALUES], more=column.n_values > SHOWN_VALUES)


def _two_classes(column: Column, zero: str, one: str) -> Classes:
    return Classes((zero, one), column.has_value(one).astype(float))


def _against_rest(column: Column, value: str, file: str, *, value_is_one: bool) -> Classes:
    has_value = column.has_value(value)
    others = [other for other in column.values if not column.has_value(other)[int(has_value.argmax())]]
    rest = others[0] if column.n_values == 2 else f"not {value}"
    if value_is_one:
        return Classes((rest, value), has_value.astype(float))
    return Classes((value, rest), (~has_value).astype(float))


def _only_class(column: Column) -> Classes:
    """The only value of a label is y = 0, unless it is the number 1."""
    value = column.values[0]
    is_one = column.only_numbers and bool(column.has_value("1").any())
    is_zero = column.only_numbers and bool(column.has_value("0").any())
    y = column.has_value(value).astype(float)
    if is_one:
        return Classes(("0", value), y)
    return Classes((value, "1" if is_zero else f"not {value}"), 0 * y)


def _value(column: Column, text: str, file: str) -> str:
    value = column.value(text)
    if value is None:
        raise DataError(
            "{file}, column {column}: no cell is {value}; choose one of its {count} values ({values})",
            file=file,
            column=excerpt(column.name),
            value=excerpt(text),
            count=column.n_values,
            values=shown_values(column) or "-",
        )
    return value
