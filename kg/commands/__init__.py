"""The command line: one module per command, each with SUMMARY, EXAMPLES, `options` and `run`."""
