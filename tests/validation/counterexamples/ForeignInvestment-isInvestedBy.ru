# valid: strategy
DELETE { <foreign-investment/x-a> is:isInvestedBy ?any } INSERT { <foreign-investment/x-a> is:isInvestedBy <institution/base-ministry> } WHERE { <foreign-investment/x-a> is:isInvestedBy ?any }
