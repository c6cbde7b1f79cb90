# valid: strategy
DELETE WHERE { <foreign-investment/x-a> is:isUpperLimit ?any }
