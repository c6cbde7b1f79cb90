"""Reading and writing RDF."""
