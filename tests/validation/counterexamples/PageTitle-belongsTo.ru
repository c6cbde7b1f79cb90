# valid: printed
DELETE { <printed-text/x-title> is:belongsTo ?any } INSERT { <printed-text/x-title> is:belongsTo <strategy/base> } WHERE { <printed-text/x-title> is:belongsTo ?any }
