# valid: strategy
DELETE WHERE { <indicator-value/x-a> is:isValueOf ?any }
