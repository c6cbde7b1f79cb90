# valid: change
DELETE WHERE { <change/x-a> is:printedValue ?any }
