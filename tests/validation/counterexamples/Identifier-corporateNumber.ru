# valid: who
INSERT DATA { <institution/x-a> is:corporateNumber "700001205001" }
