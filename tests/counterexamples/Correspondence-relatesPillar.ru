# valid: strategy
DELETE { <correspondence/x-a> is:relatesPillar ?any } INSERT { <correspondence/x-a> is:relatesPillar <measure/x-a> } WHERE { <correspondence/x-a> is:relatesPillar ?any }
