# valid: domain
INSERT DATA { <domain-entry/x-a> is:printedForm "別の領域" }
