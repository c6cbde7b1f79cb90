"""RDF that comes in and goes out."""
