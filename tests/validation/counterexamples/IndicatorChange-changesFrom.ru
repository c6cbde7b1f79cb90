# valid: ranking
DELETE WHERE { <indicator-change/x-a> is:changesFrom ?any }
