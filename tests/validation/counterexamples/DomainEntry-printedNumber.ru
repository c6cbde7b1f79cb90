# valid: domain
INSERT DATA { <domain-entry/x-a> is:printedNumber "1" , "2" }
