/** The side, in points, of the grid over the plane on which units are drawn. */
export const unitSide = 20;
