// Marks: shapes that go with colours, so that no meaning hangs on colour alone.
//
// Each is a path in the square from -1 to 1; SVG and canvas draw the same.

const DISC = "M-1,0A1,1 0 1 1 1,0A1,1 0 1 1 -1,0Z";
const hole = (r) => `M-${r},0A${r},${r} 0 1 0 ${r},0A${r},${r} 0 1 0 -${r},0Z`;

export const MARKS = {
  disc: DISC,
  ring: DISC + hole(0.58),
  target: DISC + hole(0.7) + "M-.34,0A.34,.34 0 1 1 .34,0A.34,.34 0 1 1 -.34,0Z",
  half: DISC + "M0,-.74A.74,.74 0 0 1 0,.74Z",
  cross: "M-1,-.52L-.52,-1L0,-.48L.52,-1L1,-.52L.48,0L1,.52L.52,1L0,.48L-.52,1L-1,.52L-.48,0Z",
  square: "M-.88,-.88H.88V.88H-.88Z",
  triangle: "M0,-1L1,.86H-1Z",
  diamond: "M0,-1.12L1.12,0L0,1.12L-1.12,0Z",
  plus: "M-.36,-1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z",
};

// What a sanction hangs on -> mark and colour (a custom property of style/base.css).
export const CAUSES = {
  harm: { mark: "disc", colour: "harm" },
  error: { mark: "cross", colour: "error" },
  unable: { mark: "half", colour: "unable" },
  lawful: { mark: "target", colour: "lawful" },
  habit: { mark: "square", colour: "habit" },
  standing: { mark: "triangle", colour: "standing" },
  mixed: { mark: "diamond", colour: "mixed" },
};

/** A custom property's colour as it stands now: canvas and exports need the value itself. */
export function colour(name, element = document.documentElement) {
  return getComputedStyle(element).getPropertyValue(`--${name}`).trim();
}
