# valid: strategy
INSERT DATA { <foreign-investment/x-a> is:isYenEquivalentApproximate "yes" }
