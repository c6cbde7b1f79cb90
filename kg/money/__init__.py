"""What printed amounts add up to: intervals and their working."""
