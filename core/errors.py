"""Errors that a person reads: one sentence that says what happened, where, and what to do.

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
    """A file or dataset cannot be used: names file, line, column and remedy where there are any."""


class SettingError(UserError):
    """A setting is outside what it may be: names the setting and its range."""
