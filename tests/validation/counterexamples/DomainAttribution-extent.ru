# valid: domain
DELETE DATA { <domain-attribution/x-a> is:hasExtent <extent/whole> } ; INSERT DATA { <domain-attribution/x-a> is:hasExtent <extent/all-narrower> }
