# valid: change
DELETE WHERE { <change/x-a> is:fiscalYear ?any }
