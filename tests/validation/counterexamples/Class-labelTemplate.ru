# valid: term
INSERT DATA { is:XThing is:labelTemplate "{isPageOf}"@en }
