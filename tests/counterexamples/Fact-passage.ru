# valid: document
DELETE WHERE { <furniture/x-a> is:isReadFrom ?any }
