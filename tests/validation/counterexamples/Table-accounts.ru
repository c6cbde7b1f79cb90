# valid: row
DELETE { <budget-cell/x-all> is:amount ?amount ; is:printedValue ?printed } INSERT { <budget-cell/x-all> is:amount 3400000000 ; is:printedValue "34" }
WHERE { <budget-cell/x-all> is:amount ?amount ; is:printedValue ?printed }
