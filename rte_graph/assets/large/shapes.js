// Shapes of nodes in WebGL: one program for all, the shape being a number; the same outlines as style.py.
const SHAPE_NAMES = ["circle", "square", "diamond", "ringed-diamond", "triangle", "triangle-down", "pentagon", "hexagon", "star", "cross"];

const SHAPE_VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  // The triangle around the shape: what reaches furthest is 1.65 radii wide.
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 corner = 3.4 * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + radius * corner, 1)).xy, 0, 1);
  v_at = vec2(corner.x, -corner.y);
  v_shape = a_shape;
  v_pixel = 2.0 * u_correctionRatio / radius;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const SHAPE_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
const float PI = 3.14159265;
// How far a point is from a regular polygon with a corner at angle turn.
float polygon(vec2 p, float corners, float radius, float turn) {
  float sector = 2.0 * PI / corners;
  float angle = mod(atan(p.y, p.x) - turn, sector) - sector / 2.0;
  return length(p) * cos(angle) - radius * cos(sector / 2.0);
}
float star(vec2 p) {
  float sector = 2.0 * PI / 5.0;
  float angle = abs(mod(atan(p.y, p.x) + PI / 2.0 + sector / 2.0, sector) - sector / 2.0);
  vec2 q = length(p) * vec2(cos(angle), sin(angle));
  vec2 tip = vec2(1.5, 0.0), notch = 0.68 * vec2(cos(sector / 2.0), sin(sector / 2.0));
  vec2 side = normalize(notch - tip);
  return dot(q - tip, vec2(side.y, -side.x));
}
float cross2(vec2 p) {
  p = abs(p);
  float wide = max(p.x - 1.1, p.y - 0.4), high = max(p.x - 0.4, p.y - 1.1);
  return min(wide, high);
}
float outline(vec2 p) {
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return polygon(p, 4.0, 1.253, PI / 4.0);
  if (v_shape < 2.5) return polygon(p, 4.0, 1.253, 0.0);
  if (v_shape < 3.5) return max(polygon(p, 4.0, 1.62, 0.0), min(polygon(p, 4.0, 1.16, 0.0), -polygon(p, 4.0, 1.38, 0.0)));
  if (v_shape < 4.5) return polygon(p, 3.0, 1.555, -PI / 2.0);
  if (v_shape < 5.5) return polygon(p, 3.0, 1.555, PI / 2.0);
  if (v_shape < 6.5) return polygon(p, 5.0, 1.149, -PI / 2.0);
  if (v_shape < 7.5) return polygon(p, 6.0, 1.1, 0.0);
  if (v_shape < 8.5) return star(p);
  return cross2(p);
}
void main(void) {
  float away = outline(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = away > v_pixel ? vec4(0.0) : v_color;
  #else
  // A white rim keeps neighbours apart where there is room for one.
  float rim = v_pixel < 0.3 ? v_pixel * 0.6 : 0.0;
  float body = 1.0 - smoothstep(-v_pixel * 0.5, v_pixel * 0.5, away);
  float whole = 1.0 - smoothstep(-v_pixel * 0.5, v_pixel * 0.5, away - rim);
  gl_FragColor = vec4(mix(vec3(1.0), v_color.rgb, body) * whole, whole) * v_color.a;
  #endif
}`;

/** A sigma node program that draws the shape whose number is the attribute `shape`. */
function createShapeProgram() {
  const { NodeProgram } = Sigma.rendering, { floatColor } = Sigma.utils;
  return class ShapeProgram extends NodeProgram {
    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
      return {
        VERTICES: 3, VERTEX_SHADER_SOURCE: SHAPE_VERTEX, FRAGMENT_SHADER_SOURCE: SHAPE_FRAGMENT, METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
        ATTRIBUTES: [{ name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true }, { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true }],
        CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }], CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
      };
    }

    processVisibleItem(id, start, data) {
      this.array.set([data.x, data.y, data.size, data.shape, floatColor(data.color), id], start);
    }

    setUniforms({ sizeRatio, correctionRatio, matrix }, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
      gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
    }
  };
}
