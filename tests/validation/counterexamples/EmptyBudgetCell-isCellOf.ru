# valid: cell
DELETE WHERE { <budget-cell/x-b> is:isCellOf ?any }
