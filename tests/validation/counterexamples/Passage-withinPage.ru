# valid: document
DELETE { <passage/x-a> is:lastLine ?any } INSERT { <passage/x-a> is:lastLine 101 } WHERE { <passage/x-a> is:lastLine ?any }
