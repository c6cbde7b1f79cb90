"""What a question says: the entities it names, its cues, years, limits and counts, and what is left."""
