package io.github.istioegress.trace;

/** The way a call takes out of the mesh. */
public enum Way {
  /** Through an egress gateway. */
  VIA_GATEWAY("via-gateway"),
  /** Through a waypoint. */
  VIA_WAYPOINT("via-waypoint"),
  /** Straight from the sidecar. */
  DIRECT("direct"),
  /** It does not leave. */
  NONE("none");

  private final String text;

  Way(String text) {
    this.text = text;
  }

  /** The way as reports write it, {@code via-gateway}. */
  public String text() {
    return text;
  }
}
