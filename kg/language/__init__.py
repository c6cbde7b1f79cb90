"""Understand what people write, in English or Japanese, as a stored question or an entity."""
