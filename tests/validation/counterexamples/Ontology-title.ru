# valid: term
DELETE WHERE { <ontology/x-a> dcterms:title ?any }
