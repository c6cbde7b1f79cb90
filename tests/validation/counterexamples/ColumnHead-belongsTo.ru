# valid: row
DELETE { <printed-text/x-head> is:belongsTo ?any } INSERT { <printed-text/x-head> is:belongsTo <page/base> } WHERE { <printed-text/x-head> is:belongsTo ?any }
