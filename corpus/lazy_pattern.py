"""Regular expressions that are compiled when they are first used."""

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


class LazyPattern(Generic[AnyStr]):
    """A pattern of `re` that has not been compiled yet."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        """Takes what `re.compile` takes."""
        self.pattern: AnyStr = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """An attribute of the compiled pattern. It is kept here, so that using it again takes no longer than
        with the compiled pattern."""
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self._flags)


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern that is compiled when it is first used.

    The patterns of modules are made by this: compiling all of them takes a quarter of the time in which a new
    process answers a question, and that question needs less than half of them.

    It has every method and attribute of `re.Pattern`, but is none: functions of `re`, and libraries that ask
    whether something is a pattern, need `re.compile`.
    A mistake in the pattern raises `re.error` on first use, not here.
    """
    return cast(re.Pattern[AnyStr], LazyPattern(pattern, flags))
