"""Errors that a person reads: one sentence that says what happened, where, and what to do; and notes, which say what was done.

The sentence is kept as a template and its values, so that the GUI can translate the template; str() gives it in English.
"""


class UserError(ValueError):
    """Something the user gave cannot be used.

    `template` is a str.format template, `values` what fills it.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class DataError(UserError):
    """A file or dataset cannot be used: names file, line, column and remedy where there are any.

    `offer` is what can be done at once instead: "skip rows" (read with ReadOptions.skip_bad_rows), "skip cells" (to_dataset with
    skip_bad_cells), or "" when there is nothing.
    """

    def __init__(self, template: str, *, offer: str = "", **values: object) -> None:
        super().__init__(template, **values)
        self.offer = offer


class SettingError(UserError):
    """A setting is outside what it may be: names the setting and its range."""


class Note:
    """A sentence about how something the user gave was understood, or what of it was left out."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)
