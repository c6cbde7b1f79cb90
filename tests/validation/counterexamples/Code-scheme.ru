# valid: code
DELETE WHERE { <flag/x-a> skos:inScheme ?any }
