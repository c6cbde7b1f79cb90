# valid: money
DELETE { <listed-amount/x-a> is:fiscalYear ?any } INSERT { <listed-amount/x-a> is:fiscalYear 2021 } WHERE { <listed-amount/x-a> is:fiscalYear ?any }
