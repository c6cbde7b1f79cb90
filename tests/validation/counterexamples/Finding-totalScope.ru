# valid: total
# The valid example itself: a total that its lines explain is still one whose scope is not printed.
