# valid: strategy
DELETE WHERE { <indicator-change/x-a> is:changesTo ?any }
