# valid: term
DELETE WHERE { <ontology/x-a> dcterms:license ?any }
