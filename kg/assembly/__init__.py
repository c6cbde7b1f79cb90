"""The dataset: built from tables and inference, described, and kept ready for use."""
