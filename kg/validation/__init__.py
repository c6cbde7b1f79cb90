"""What the SHACL shapes and the ontology forbid, and where it stands in the tables."""
