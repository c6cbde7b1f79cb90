# valid: cell
DELETE WHERE { <budget-cell/x-a> is:roundingUnit ?any }
