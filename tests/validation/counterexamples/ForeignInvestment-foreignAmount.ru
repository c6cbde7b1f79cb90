# valid: strategy
DELETE WHERE { <foreign-investment/x-a> is:foreignAmount ?any }
