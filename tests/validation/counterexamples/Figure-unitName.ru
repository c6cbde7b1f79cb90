# valid: strategy
DELETE WHERE { <figure/x-a> is:unitName ?any }
