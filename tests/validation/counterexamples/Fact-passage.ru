# valid: document
DELETE WHERE { <note/x-a> is:isReadFrom ?any }
