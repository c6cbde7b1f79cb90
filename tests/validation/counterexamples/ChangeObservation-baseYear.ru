# valid: change
DELETE WHERE { <change/x-a> is:baseYear ?any }
