# valid: money
DELETE DATA { <listed-amount/x-a> is:fiscalYear 2020 }
