# valid: printed
DELETE WHERE { <printed-text/x-icon> is:belongsTo ?any }
