package io.github.istioegress.page;

import io.github.istioegress.trace.Hop;

/** A lane of a picture, in the order in which a call passes them. */
enum Lane {
  /** The calling pod's application. */
  APP(0),
  /** The proxy beside it: its sidecar, or the ztunnel of its node. */
  BESIDE(1),
  /** Proxies on their own: egress gateways and waypoints. */
  BETWEEN(2),
  /** What lies outside of the mesh. */
  OUTSIDE(3);

  private final int index;

  Lane(int index) {
    this.index = index;
  }

  /** Its place, from 0. */
  int index() {
    return index;
  }

  static Lane of(Hop hop) {
    return hop.gateway() || hop.isWaypoint() ? BETWEEN : BESIDE;
  }
}
