"""The pictures: one module each, found by its file name."""
