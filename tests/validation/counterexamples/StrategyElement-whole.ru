# valid: strategy
DELETE WHERE { <measure/x-a> is:isPartOf ?any }
