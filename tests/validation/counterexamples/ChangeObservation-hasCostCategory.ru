# valid: change
DELETE WHERE { <change/x-a> is:hasCostCategory ?any }
