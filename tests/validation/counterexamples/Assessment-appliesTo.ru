# valid: strategy
DELETE { <trend/x-a> is:appliesTo ?any } INSERT { <trend/x-a> is:appliesTo <document/base> } WHERE { <trend/x-a> is:appliesTo ?any }
