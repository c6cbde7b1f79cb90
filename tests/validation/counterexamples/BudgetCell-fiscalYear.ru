# valid: cell
DELETE WHERE { <budget-cell/x-a> is:fiscalYear ?any }
