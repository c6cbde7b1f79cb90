# valid: total
DELETE { <printed-total/x-a> is:printedAmount ?any } INSERT { <printed-total/x-a> is:printedAmount "約32億円超" } WHERE { <printed-total/x-a> is:printedAmount ?any }
