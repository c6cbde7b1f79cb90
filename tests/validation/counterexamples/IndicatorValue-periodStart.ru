# valid: strategy
DELETE { <indicator-value/x-a> is:periodStart ?any } INSERT { <indicator-value/x-a> is:periodStart 201 } WHERE { <indicator-value/x-a> is:periodStart ?any }
