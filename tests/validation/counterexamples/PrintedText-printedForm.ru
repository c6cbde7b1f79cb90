# valid: printed
DELETE WHERE { <printed-text/x-title> is:printedForm ?any }
