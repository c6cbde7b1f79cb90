"""The commands as functions: the same names, the same parameters, the same words for a wrong call."""
