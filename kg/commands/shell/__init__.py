"""Shared by the commands: the parser and the terminal."""
