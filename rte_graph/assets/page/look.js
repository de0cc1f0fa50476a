// Colours, letters and small drawing rules that every renderer and every exported picture share.
const INK = "#1d2733", MUTED = "#5b6675", FAINT = "#d9dee4", PAPER = "#ffffff";
// Dimmed names stay readable (4.5:1), the ring of the selection has an edge that shows (3:1).
const DIMMED = "#6b7683", RING = "#ffd76a", RING_EDGE = "#8a5a00";
const FONT = "'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif";

// Above this many nodes names are placed for what is in sight only.
const CROWD = 400;

// Below this width names are smaller and fold sooner.
const NARROW_ROOM = 560;

// More arrows than this are a thicket: then only the links of a selection have theirs.
const MOST_ARROWS = 150;

// How broad the round edge of a community's outline is, in screen pixels.
const HULL_EDGE = 44;

/** Names of hubs are larger; the largest hub of a two-mode network has the largest name. */
function nameSize(main, radius, narrow) {
  if (narrow) return main ? 13 : 12;
  return main ? (radius > 27 ? 17 : 15) : 13;
}

const boxAround = (point, reach) => [point.x - reach, point.y - reach, point.x + reach, point.y + reach];

/** Mix a colour with white: dimmed shapes stay opaque, so that no line shines through. */
function mix(colour, share) {
  const parts = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * share)).join(",")})`;
}
