# valid: cell
DELETE WHERE { <budget-cell/x-a> is:printedValue ?any }
