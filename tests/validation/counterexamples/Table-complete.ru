# valid: column
INSERT { <budget-cell/x-c> ?property ?value } WHERE { <budget-cell/x-mext> ?property ?value . FILTER(?property != is:hasAccount) } ;
INSERT DATA { <budget-cell/x-c> is:hasAccount <account/special> }
