# valid: change
DELETE WHERE { <change/x-a> is:change ?any }
