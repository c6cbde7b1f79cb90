# valid: cell
DELETE { <budget-cell/x-b> is:printedValue ?any } INSERT { <budget-cell/x-b> is:printedValue "0" } WHERE { <budget-cell/x-b> is:printedValue ?any }
