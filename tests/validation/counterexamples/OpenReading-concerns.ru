# valid: document
DELETE WHERE { <open-reading/x-a> is:concerns ?any }
