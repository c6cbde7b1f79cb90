# valid: code
DELETE WHERE { <flag/x-a> skos:definition ?any }
