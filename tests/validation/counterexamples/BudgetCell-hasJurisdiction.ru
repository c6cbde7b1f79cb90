# valid: cell
DELETE WHERE { <budget-cell/x-a> is:hasJurisdiction ?any }
