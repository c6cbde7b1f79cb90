"""Keying errors put into the fact tables one at a time, and which gate notices each."""
