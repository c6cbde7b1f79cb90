# valid: document
DELETE { <passage/x-a> is:firstLine ?any } INSERT { <passage/x-a> is:firstLine "1" } WHERE { <passage/x-a> is:firstLine ?any }
