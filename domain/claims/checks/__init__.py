"""How each slot of a claim is held against the law: days, bodies, standing, parts, portals."""
