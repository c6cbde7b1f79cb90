# valid: strategy
DELETE { <trend/x-a> is:isSupportedBy ?any } INSERT { <trend/x-a> is:isSupportedBy <indicator-value/x-a> } WHERE { <trend/x-a> is:isSupportedBy ?any }
