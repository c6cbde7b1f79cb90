# valid: document
INSERT DATA { <open-reading/x-a> is:concerns <listed-amount/base> }
