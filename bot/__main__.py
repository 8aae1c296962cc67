"""The command `newsdesk`: runs what was called, and turns errors into one line and an exit status."""

import signal
import sys
from types import FrameType

import click

from bot.cli import cli
from corpus.errors import NewsdeskError

INTERRUPTED = 130
TERMINATED = 143
"""Exit statuses as shells give them: 128 and the signal's number."""


class Terminated(BaseException):
    """SIGTERM came; it unwinds like an interrupt, so that what was begun is put away."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 0, 1 (could not do it), 2 (wrong call), 130 or 143 (stopped)."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        result = cli.main(arguments, prog_name="newsdesk", standalone_mode=False)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "newsdesk"
        return _say(f"{error.format_message().rstrip('.')}. See `{command} --help`", 2)
    except click.ClickException as error:
        return _say(error.format_message(), 1)
    except NewsdeskError as error:
        return _say(str(error), error.exit_status)
    except (KeyboardInterrupt, click.Abort):
        return _say("stopped; what is served stays as it was", INTERRUPTED)
    except Terminated:
        return _say("terminated; what is served stays as it was", TERMINATED)
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody to tell, and Python must not try at exit.
        sys.stdout = None
        return 1
    return result if isinstance(result, int) else 0


def _say(line: str, status: int) -> int:
    print(f"newsdesk: {' '.join(line.split())}", file=sys.stderr)  # noqa: T201 - the one line of an error
    return status


if __name__ == "__main__":
    sys.exit(main())
