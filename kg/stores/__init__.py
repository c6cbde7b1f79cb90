"""Where queries run: the embedded store and remote SPARQL 1.1 stores; binding values into a query."""
