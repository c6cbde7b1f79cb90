"""The command line: one module a command. A module has SUMMARY, EXAMPLES, `options` and `run`."""
