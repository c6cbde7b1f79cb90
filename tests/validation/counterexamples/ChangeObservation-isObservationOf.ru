# valid: change
DELETE WHERE { <change/x-a> is:isObservationOf ?any }
