# valid: document
INSERT DATA { <furniture/x-a> skos:note "Read so."@en , "そう読む。"@ja }
