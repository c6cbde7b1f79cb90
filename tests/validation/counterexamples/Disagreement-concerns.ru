# valid: document
DELETE WHERE { <disagreement/x-a> is:concerns ?any }
