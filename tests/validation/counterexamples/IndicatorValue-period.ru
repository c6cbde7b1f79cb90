# valid: strategy
DELETE { <indicator-value/x-a> is:periodEnd ?any } INSERT { <indicator-value/x-a> is:periodEnd 2014 } WHERE { <indicator-value/x-a> is:periodEnd ?any }
