# valid: change
DELETE WHERE { <change/x-a> is:changeRate ?any }
