# valid: document
DELETE WHERE { <page/x-a> is:firstLine ?any }
