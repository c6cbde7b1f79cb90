# valid: change
DELETE WHERE { <change/x-a> is:hasJurisdiction ?any }
