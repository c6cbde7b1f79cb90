"""The stored questions and their answers."""
