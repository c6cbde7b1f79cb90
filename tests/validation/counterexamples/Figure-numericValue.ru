# valid: strategy
DELETE { <figure/x-a> is:numericValue ?any } INSERT { <figure/x-a> is:numericValue 1 } WHERE { <figure/x-a> is:numericValue ?any }
