"""The formats of `kg export`: each module registers those that it writes."""
