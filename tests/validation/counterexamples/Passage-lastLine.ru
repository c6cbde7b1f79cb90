# valid: document
DELETE WHERE { <passage/x-a> is:lastLine ?any }
