package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;

/**
 * Copies of requests that a proxy sends elsewhere, and what becomes of them. What stands behind the
 * cluster is not followed: a copy goes straight to it, and no route is asked again.
 *
 * @param cluster the cluster they are sent to
 * @param percent how many of a hundred requests are copied
 * @param discovery how the cluster finds endpoints; empty where the proxy does not have it, {@link
 *     #UNKNOWN} where that is left to chance
 * @param upstreamTls the TLS that the proxy speaks to it
 * @param authority the Host that a copy bears
 * @param sent false where the proxy has nowhere to send a copy; the request itself goes on
 */
public record Mirrored(
    String cluster,
    double percent,
    String discovery,
    UpstreamTls upstreamTls,
    String authority,
    boolean sent) {

  /** The discovery of a cluster that Istio has no order for. */
  public static final String UNKNOWN = "UNDETERMINED";

  /** The share as it is written: 10, 0.5. */
  public Number share() {
    if (percent == Math.rint(percent)) {
      return (int) percent;
    }
    return percent;
  }

  @Override
  public String toString() {
    return "mirrors %s%% to cluster %s, %s".formatted(share(), cluster, fate());
  }

  private String fate() {
    if (discovery.isEmpty()) {
      return "which it does not have: no copy is sent";
    }
    if (discovery.equals(UNKNOWN)) {
      return "of which Istio may have made one thing or another";
    }
    if (discovery.equals("ORIGINAL_DST")) {
      return "which sends to the address that was dialled, and a copy dials none: no copy is sent";
    }
    return sent
        ? (discovery.equals("DYNAMIC_DNS") ? "which looks up the name that a copy bears, " : "")
            + tls()
            + ", with the Host "
            + authority
        : "which has no endpoints: no copy is sent";
  }

  private String tls() {
    String sni = upstreamTls.sni().isEmpty() ? "" : ", SNI " + upstreamTls.sni();
    return upstreamTls.mode() == UpstreamTls.Mode.NONE
        ? "in plain text"
        : "in TLS (%s%s)".formatted(upstreamTls.mode(), sni);
  }
}
