# valid: money
DELETE DATA { <listed-amount/x-a> is:printedAmount "32億円" } ; INSERT DATA { <listed-amount/x-a> is:printedAmount "検討中" }
