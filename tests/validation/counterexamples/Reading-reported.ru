# valid: document
INSERT DATA { <reading/x-b> is:concerns <programme/base> }
