"""The forms of `kg export`: each module registers those it writes."""
