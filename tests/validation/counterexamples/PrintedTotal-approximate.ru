# valid: total
DELETE { <printed-total/x-a> is:printedAmount ?any } INSERT { <printed-total/x-a> is:printedAmount "32億円" } WHERE { <printed-total/x-a> is:printedAmount ?any }
