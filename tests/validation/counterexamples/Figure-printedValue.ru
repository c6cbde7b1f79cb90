# valid: strategy
DELETE WHERE { <figure/x-a> is:printedValue ?any }
