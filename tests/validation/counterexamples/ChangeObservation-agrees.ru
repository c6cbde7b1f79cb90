# valid: change
DELETE { <change/x-a> is:printedValue ?any } INSERT { <change/x-a> is:printedValue "3 6.7%" } WHERE { <change/x-a> is:printedValue ?any }
