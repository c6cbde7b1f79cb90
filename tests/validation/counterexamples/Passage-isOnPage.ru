# valid: document
DELETE WHERE { <passage/x-a> is:isOnPage ?any }
