# valid: document
DELETE { <passage/x-a> is:firstLine ?any } INSERT { <passage/x-a> is:firstLine 9 } WHERE { <passage/x-a> is:firstLine ?any }
