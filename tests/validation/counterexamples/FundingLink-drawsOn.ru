# valid: link
DELETE WHERE { <funding-link/x-a> is:drawsOn ?any } ;
INSERT DATA { <funding-link/x-a> is:drawsOn <panel/x-a> }
