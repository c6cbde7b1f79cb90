"""From what people write, in English or Japanese, to a stored question or a thing."""
