# valid: strategy
INSERT DATA { <foreign-investment/x-a> is:isApproximate "no" }
