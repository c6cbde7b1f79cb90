# valid: code
DELETE WHERE { <flag/x-a> skos:prefLabel ?any }
