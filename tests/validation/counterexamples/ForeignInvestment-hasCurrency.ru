# valid: strategy
# with: ForeignInvestment-currency — one of two currencies is not the printed one
DELETE { <foreign-investment/x-a> is:hasCurrency ?any } INSERT { <foreign-investment/x-a> is:hasCurrency <account/general> } WHERE { <foreign-investment/x-a> is:hasCurrency ?any }
