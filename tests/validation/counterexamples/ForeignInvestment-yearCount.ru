# valid: strategy
DELETE { <foreign-investment/x-a> is:yearCount ?any } INSERT { <foreign-investment/x-a> is:yearCount 0 } WHERE { <foreign-investment/x-a> is:yearCount ?any }
