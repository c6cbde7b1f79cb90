# valid: term
DELETE WHERE { is:XThing is:iriSegment ?any }
