# valid: row
DELETE { <budget-cell/x-promotion> is:amount ?amount ; is:printedValue ?printed } INSERT { <budget-cell/x-promotion> is:amount 2200000000 ; is:printedValue "22" }
WHERE { <budget-cell/x-promotion> is:amount ?amount ; is:printedValue ?printed }
