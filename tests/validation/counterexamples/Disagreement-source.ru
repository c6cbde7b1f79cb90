# valid: document
DELETE WHERE { <disagreement/x-a> dcterms:source ?any }
