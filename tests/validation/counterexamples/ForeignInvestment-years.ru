# valid: strategy
DELETE { <foreign-investment/x-a> is:endYear ?any } INSERT { <foreign-investment/x-a> is:endYear 2018 } WHERE { <foreign-investment/x-a> is:endYear ?any }
