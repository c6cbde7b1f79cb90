"""A bubble: a disc for stated money, a dashed ring for an upper limit, a dotted ring for undecided amounts."""

from kg.pictures.canvas.svg import Shape, number, shape


def bubble(x: float, y: float, colour: str, solid: float, ring: float, *, dotted: bool) -> list[Shape]:
    """Return the shapes of a bubble around a point; `solid` and `ring` are radii in pixels, 0 for none."""
    shapes = []
    dashes = "4 3" if ring > 8 else f"{number(0.7 * 6.2832 * ring / 4)} {number(0.3 * 6.2832 * ring / 4)}"
    if ring > solid:
        shapes.append(
            shape(
                "circle",
                class_="ceiling",
                cx=x,
                cy=y,
                r=ring,
                fill=colour,
                fill_opacity="0.12",
                stroke=colour,
                stroke_dasharray=dashes,
                stroke_width="1.4",
            )
        )
    if solid:
        shapes.append(shape("circle", cx=x, cy=y, r=solid, fill=colour, fill_opacity="0.88"))
    if dotted:
        beside = max(solid, ring)
        place = x + beside + 9 if beside else x
        shapes.append(
            shape(
                "circle",
                cx=place,
                cy=y,
                r=6,
                fill="#fff",
                stroke=colour,
                stroke_dasharray="0.1 4.09",
                stroke_width="2.2",
                stroke_linecap="round",
            )
        )
    return shapes
