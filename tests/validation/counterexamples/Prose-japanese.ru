# valid: document
INSERT DATA { <furniture/x-a> skos:note "At the head of the page."@en , "At the head of the page."@ja }
