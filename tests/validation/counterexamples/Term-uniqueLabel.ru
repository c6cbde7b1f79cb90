# valid: term
INSERT { is:XOther ?property ?value } WHERE { is:XThing ?property ?value }
