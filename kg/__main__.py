"""`kg` and `python -m kg`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(100_000)  # most commands end before garbage collection would pay off
    from kg.commands.shell.streams import open_streams, start_in_utf8

    start_in_utf8()
    open_streams()
    from kg.commands.shell.parser import run

    try:
        code = run(sys.argv[1:])
    except BrokenPipeError:  # the reader closed early, as `head` does
        code = 0
    except KeyboardInterrupt:
        code = 130
    os._exit(code)  # freeing the store piece by piece would take a tenth of the run time


if __name__ == "__main__":
    main()
