# valid: cell
DELETE { <budget-cell/x-a> is:printedValue ?any } INSERT { <budget-cell/x-a> is:printedValue "82" } WHERE { <budget-cell/x-a> is:printedValue ?any }
