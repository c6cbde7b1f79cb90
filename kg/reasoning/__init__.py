"""OWL 2 RL: what follows from facts and axioms, what contradicts them, and how each conclusion is derived."""
