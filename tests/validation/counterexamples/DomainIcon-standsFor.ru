# valid: printed
DELETE WHERE { <printed-text/x-icon> is:standsFor ?any }
