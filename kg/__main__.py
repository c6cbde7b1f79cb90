"""`kg` and `python -m kg`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(100_000)  # most commands end before collecting would pay
    from kg.commands.shell.parser import run

    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader closed early, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    sys.stderr.flush()
    os._exit(code)  # taking the store down piece by piece would take a tenth of the whole time


if __name__ == "__main__":
    main()
