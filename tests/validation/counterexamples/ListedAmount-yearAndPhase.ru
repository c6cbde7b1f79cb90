# valid: total
DELETE DATA { <listed-amount/x-a> is:fiscalYear 2020 }
