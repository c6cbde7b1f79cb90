"""Free questions: what a text asks for, the stored question that holds it, and the answer in words."""
