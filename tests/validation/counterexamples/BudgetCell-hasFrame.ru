# valid: cell
DELETE WHERE { <budget-cell/x-a> is:hasFrame ?any }
