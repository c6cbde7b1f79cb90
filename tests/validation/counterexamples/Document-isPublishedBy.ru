# valid: document
INSERT DATA { <document/x-a> is:isPublishedBy <document/base> }
