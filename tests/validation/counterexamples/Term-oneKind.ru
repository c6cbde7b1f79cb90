# valid: term
INSERT DATA { is:xProperty a owl:AnnotationProperty }
