# valid: change
DELETE WHERE { <change/x-a> is:hasPhase ?any }
