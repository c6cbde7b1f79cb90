# valid: strategy
DELETE { <foreign-investment/x-a> is:printedAmount ?any } INSERT { <foreign-investment/x-a> is:printedAmount "最大13億ドル" } WHERE { <foreign-investment/x-a> is:printedAmount ?any }
