# valid: who
DELETE { <role/x-b> is:hasHost ?any } INSERT { <role/x-b> is:hasHost <programme/x-a> } WHERE { <role/x-b> is:hasHost ?any }
