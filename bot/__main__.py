"""The entry point of the command `newsdesk`: turns errors into one line and an exit status."""

import atexit
import gc
import io
import os
import signal
import sys
from types import FrameType

import click

from bot.cli.composition import LoadModel, load_model
from bot.cli.main import cli
from corpus.errors import NewsdeskError
from corpus.text import one_line, printable

INTERRUPTED = 130
TERMINATED = 143
"""Exit statuses as shells give them: 128 and the signal's number."""
COLLECTED_AFTER = 50_000
"""The new objects after which the interpreter looks for reference cycles, by default 700. A command imports
about ten times as many that stay; with this, a cold question takes 0.06 s less of 1.2."""


class Terminated(BaseException):
    """SIGTERM came; it unwinds like an interrupt, so that what was begun is put away."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def main(arguments: list[str] | None = None, load: LoadModel = load_model) -> int:
    """Run the command; the exit status is 0, 1 (could not do it), 2 (wrong call), 130 or 143 (stopped)."""
    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(COLLECTED_AFTER)
    # The interpreter would look through all that was imported for reference cycles before it ends: 0.15 s.
    atexit.register(gc.freeze)
    _ready_streams()
    try:
        result = cli.main(arguments, prog_name="newsdesk", standalone_mode=False, obj=load)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "newsdesk"
        said = error.format_message()
        return _say(f"{said}{'' if said.endswith(('.', '?', '!')) else '.'} See `{command} --help`", 2)
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return result if isinstance(result, int) else 0


def _ready_streams() -> None:
    """Streams that are there (a service may have closed them) and fail on no character of a question."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 - for as long as we run
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _say(line: str, status: int) -> int:
    print(f"newsdesk: {one_line(printable(line))}", file=sys.stderr)  # noqa: T201 - the one line of an error
    return status


if __name__ == "__main__":
    sys.exit(main())
