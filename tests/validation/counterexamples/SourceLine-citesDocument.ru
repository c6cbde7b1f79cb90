# valid: printed
DELETE WHERE { <printed-text/x-source> is:citesDocument ?any }
