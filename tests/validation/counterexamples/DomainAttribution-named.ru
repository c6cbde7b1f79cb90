# valid: domain
DELETE DATA { <domain-attribution/x-a> skos:note "Its name is another one."@en , "名称は別のもの。"@ja }
