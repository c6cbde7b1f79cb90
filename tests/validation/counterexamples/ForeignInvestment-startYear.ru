# valid: strategy
DELETE { <foreign-investment/x-a> is:startYear ?any } INSERT { <foreign-investment/x-a> is:startYear 219 } WHERE { <foreign-investment/x-a> is:startYear ?any }
