# valid: printed
DELETE WHERE { <expense-kind/x-a> is:isKindOf ?any }
