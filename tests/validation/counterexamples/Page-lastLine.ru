# valid: document
DELETE WHERE { <page/x-a> is:lastLine ?any }
