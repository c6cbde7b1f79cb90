# valid: money
DELETE { <listed-amount/x-a> is:printedAmount ?any } INSERT { <listed-amount/x-a> is:printedAmount "32億" } WHERE { <listed-amount/x-a> is:printedAmount ?any }
