"""The graph as tables: one of each class, and every printed amount with its bounds."""
