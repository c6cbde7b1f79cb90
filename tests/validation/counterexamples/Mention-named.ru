# valid: document
INSERT DATA { <mention/x-a> is:printedForm "別の名" }
