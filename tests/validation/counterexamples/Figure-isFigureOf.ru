# valid: strategy
DELETE WHERE { <figure/x-a> is:isFigureOf ?any }
