# valid: strategy
# with: ForeignInvestment-words — what is not printed cannot say 最大 or 約
DELETE { <foreign-investment/x-a> is:printedAmount ?any } INSERT { <foreign-investment/x-a> is:printedAmount "最大13億ドル" } WHERE { <foreign-investment/x-a> is:printedAmount ?any }
