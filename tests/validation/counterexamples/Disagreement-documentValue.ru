# valid: document
DELETE WHERE { <disagreement/x-a> is:documentValue ?any }
