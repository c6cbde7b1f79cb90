# valid: total
DELETE { <printed-total/x-a> is:printedAmount ?any } INSERT { <printed-total/x-a> is:printedAmount "約23億円" } WHERE { <printed-total/x-a> is:printedAmount ?any }
