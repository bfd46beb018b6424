# SPDX-License-Identifier: MIT
"""What the library says went wrong, as exceptions."""
from __future__ import annotations


class StanceError(Exception):
    """A failure that the library reports.

    file, line, column: the place that is to blame; "" and 0 where there is none.
    """

    def __init__(self, message: str, file: str = "", line: int = 0, column: int = 0):
        place = file + "".join(f":{number}" for number in (line, column) if number) if file else ""
        super().__init__(f"{place}: {message}" if place else message)
        self.message, self.file, self.line, self.column = message, file, line, column


class StanceUsageError(StanceError, ValueError):
    """The arguments make no sense."""


class StanceInputError(StanceError, ValueError):
    """A file or text is not what it should be."""


class StanceSystemError(StanceError, RuntimeError):
    """Disk, memory, threads."""


class StanceWarning(UserWarning):
    """Something was left out or repaired: absent texts, bytes that are not UTF-8, dates that could not be read."""
