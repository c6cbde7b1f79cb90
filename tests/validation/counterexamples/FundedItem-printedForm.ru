# valid: money
INSERT DATA { <programme/x-a> is:printedForm "事業"@ja }
