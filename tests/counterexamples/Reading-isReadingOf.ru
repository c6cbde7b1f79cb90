# valid: document
DELETE WHERE { <reading/x-b> is:isReadingOf ?any }
