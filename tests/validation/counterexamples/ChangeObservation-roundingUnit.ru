# valid: change
DELETE WHERE { <change/x-a> is:roundingUnit ?any }
