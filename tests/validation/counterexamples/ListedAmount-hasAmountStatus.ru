# valid: money
DELETE WHERE { <listed-amount/x-a> is:hasAmountStatus ?any }
