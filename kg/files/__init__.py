"""Files: writing without loss, and reading that no special file keeps waiting."""
