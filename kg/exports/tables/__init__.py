"""The graph as tables: one per class, and the printed amounts with their bounds."""
