# valid: code
DELETE WHERE { <scheme/x-a> skos:prefLabel ?any }
