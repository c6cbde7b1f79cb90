"""Stores that run queries, embedded and remote SPARQL 1.1 stores, and binding values into a query."""
