# valid: code
DELETE WHERE { <scheme/x-a> skos:definition ?any }
