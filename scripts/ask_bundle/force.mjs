// Forces that place a network's nodes, as window.RTE_FORCE.
import {
  forceCenter, forceCollide, forceLink, forceManyBody, forceRadial, forceSimulation, forceX, forceY,
} from "d3-force";

window.RTE_FORCE = {
  forceCenter, forceCollide, forceLink, forceManyBody, forceRadial, forceSimulation, forceX, forceY,
};
