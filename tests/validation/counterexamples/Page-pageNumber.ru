# valid: document
DELETE { <page/x-a> is:pageNumber ?any } INSERT { <page/x-a> is:pageNumber 0 } WHERE { <page/x-a> is:pageNumber ?any }
