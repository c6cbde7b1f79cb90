# valid: cell
DELETE { <budget-cell/x-a> a ?any } INSERT { <budget-cell/x-a> a is:BudgetCell } WHERE { <budget-cell/x-a> a ?any }
