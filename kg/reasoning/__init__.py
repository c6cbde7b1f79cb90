"""OWL 2 RL: inferences from facts and axioms, contradictions, and derivations."""
