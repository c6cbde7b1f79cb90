# valid: document
DELETE { <furniture/x-a> is:isReadFrom ?any } INSERT { <furniture/x-a> is:isReadFrom <page/x-a> } WHERE { <furniture/x-a> is:isReadFrom ?any }
