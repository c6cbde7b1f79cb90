# valid: document
INSERT DATA { <note/x-a> is:printedForm "" }
