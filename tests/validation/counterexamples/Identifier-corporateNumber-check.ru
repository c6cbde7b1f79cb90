# valid: who
INSERT DATA { <institution/x-a> is:corporateNumber "2000012010091" }
