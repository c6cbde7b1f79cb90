"""Check data against the SHACL shapes and the ontology, and find the table rows at fault."""
