"""`python -m tests.mutation`: the keying errors of all cells against all gates; exit code 1 if a goal is missed or a shape is dead."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.mutation.gates import run
from tests.mutation.report import GOALS, MASK, as_json, as_record, as_text, killed
from tests.mutation.shaping import judging
from tests.validation.gates import counterexamples


def main() -> int:
    """Run, tell how far it is, write the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", type=Path, default=MASK, help="the text of the source; default: its mask")
    parser.add_argument("--share", type=float, default=1.0, help="of the errors of each kind in each column")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--escapes", type=int, default=3, help="examples of what escaped, of each kind in each column")
    parser.add_argument("--record", type=Path, help="write here which error violates each shape")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    arguments = parser.parse_args()
    source = arguments.source.read_text(encoding="utf-8")
    verdicts = []
    for verdict in run(source, seed=arguments.seed, share=arguments.share, processes=arguments.processes):
        verdicts.append(verdict)
        if len(verdicts) % 200 == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{len(verdicts):,} errors")
    if arguments.format == "json":
        sys.stdout.write(as_json(verdicts, judging()))
    else:
        sys.stdout.write(as_text(verdicts, judging(), escapes=arguments.escapes))
    if arguments.record:
        arguments.record.write_text(as_record(verdicts), encoding="utf-8")
    goals = [(*g.reached(verdicts), g.least) for g in GOALS]
    unseen = judging() - set(killed(verdicts)) - {example.shape for example in counterexamples()}
    return int(bool(unseen) or any(part < least * whole for part, whole, least in goals))


if __name__ == "__main__":
    sys.exit(main())
