# valid: change
DELETE { <change/x-a> is:baseYear ?any } INSERT { <change/x-a> is:baseYear 2021 } WHERE { <change/x-a> is:baseYear ?any }
