# valid: cell
DELETE WHERE { <budget-cell/x-a> is:hasPhase ?any }
