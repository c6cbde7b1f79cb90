# valid: document
INSERT DATA { <furniture/x-a> skos:note "頁の上にある。"@en , "頁の上にある。"@ja }
