# valid: change
DELETE WHERE { <change/x-a> is:hasAccount ?any }
