"""What is done with the rows of a stored question: chosen, counted, added, compared, ranked, and said in a sentence."""
