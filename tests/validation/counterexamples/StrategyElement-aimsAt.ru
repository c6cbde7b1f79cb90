# valid: strategy
INSERT DATA { <measure/x-a> is:aimsAt <strategy/base> }
