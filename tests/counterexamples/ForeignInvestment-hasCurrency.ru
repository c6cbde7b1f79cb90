# valid: strategy
DELETE { <foreign-investment/x-a> is:hasCurrency ?any } INSERT { <foreign-investment/x-a> is:hasCurrency <account/general> } WHERE { <foreign-investment/x-a> is:hasCurrency ?any }
