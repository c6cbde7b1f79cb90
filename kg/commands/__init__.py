"""The commands, one module each: SUMMARY, EXAMPLES, `options(parser)`, `run(arguments)`; no logic of their own."""
