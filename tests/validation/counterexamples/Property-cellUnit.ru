# valid: term
INSERT DATA { is:xProperty is:cellUnit "dollar" }
