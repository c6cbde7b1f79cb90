# valid: strategy
DELETE WHERE { <measure/x-a> dcterms:description ?any }
