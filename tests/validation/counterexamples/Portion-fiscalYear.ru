# valid: money
INSERT DATA { <portion/x-b> is:fiscalYear 2019 }
