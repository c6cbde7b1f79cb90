# valid: cell
# with: Fact-mostSpecific — a class that only gathers others is the error here
DELETE { <budget-cell/x-a> a ?any } INSERT { <budget-cell/x-a> a is:BudgetCell } WHERE { <budget-cell/x-a> a ?any }
