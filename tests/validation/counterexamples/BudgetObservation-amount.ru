# valid: cell
DELETE WHERE { <budget-cell/x-a> is:amount ?any }
