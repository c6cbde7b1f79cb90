# valid: strategy
DELETE { <indicator-value/x-a> is:numericValue ?any } INSERT { <indicator-value/x-a> is:numericValue 72.0 } WHERE { <indicator-value/x-a> is:numericValue ?any }
