# valid: strategy
DELETE { <foreign-investment/x-a> is:yenEquivalent ?any } INSERT { <foreign-investment/x-a> is:yenEquivalent 14000000000 } WHERE { <foreign-investment/x-a> is:yenEquivalent ?any }
