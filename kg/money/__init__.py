"""Sums of printed amounts: intervals and their working."""
