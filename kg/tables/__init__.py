"""The fact tables: read, checked cell by cell, turned into statements; the ontology is their schema."""
