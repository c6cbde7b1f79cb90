"""The commands as functions, with the same names, parameters and error messages."""
