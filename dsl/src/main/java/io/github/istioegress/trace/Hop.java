package io.github.istioegress.trace;

import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens to a call in one proxy; names are those that Istio gives, as {@code istioctl
 * proxy-config} shows them. Empty texts mean that the call did not get that far.
 *
 * @param proxy {@code sidecar NAMESPACE}, {@code gateway NAMESPACE/NAME}, {@code ztunnel NAMESPACE}
 *     or {@code waypoint NAMESPACE/NAME}
 * @param gateway true in a gateway
 * @param listener the listener that takes it
 * @param filter {@code http} or {@code tcp}
 * @param endsTls true where it ends the outermost TLS of what arrives
 * @param virtualHost the virtual host of its Host header
 * @param route the route's name
 * @param cluster the cluster it is sent to
 * @param host the cluster's host
 * @param port the cluster's port
 * @param subset the cluster's subset
 * @param discovery how the cluster finds endpoints
 * @param upstreamTls the TLS that the proxy speaks from here on
 * @param timeout the route's timeout
 * @param retries the route's attempts, where it says them
 * @param authority the Host that goes on instead of the one that came; empty where it stays
 * @param tunnel the host and port that an outside forward proxy is asked for; empty for none
 * @param failover the addresses whose turn comes when all earlier ones are ejected
 * @param mirrors the copies that go elsewhere
 * @param decisions the fields that decided it
 */
public record Hop(
    String proxy,
    boolean gateway,
    String listener,
    String filter,
    boolean endsTls,
    String virtualHost,
    String route,
    String cluster,
    String host,
    int port,
    String subset,
    String discovery,
    UpstreamTls upstreamTls,
    String timeout,
    Optional<Integer> retries,
    String authority,
    String tunnel,
    List<String> failover,
    List<Mirrored> mirrors,
    List<Decision> decisions) {

  /** The same, decided by these fields, too. */
  Hop decidedBy(List<Decision> more) {
    return new Hop(
        proxy,
        gateway,
        listener,
        filter,
        endsTls,
        virtualHost,
        route,
        cluster,
        host,
        port,
        subset,
        discovery,
        upstreamTls,
        timeout,
        retries,
        authority,
        tunnel,
        failover,
        mirrors,
        Stream.concat(decisions.stream(), more.stream()).toList());
  }

  /** True in the ztunnel of a node. */
  public boolean isZtunnel() {
    return proxy.startsWith("ztunnel ");
  }

  /** True in a waypoint. */
  public boolean isWaypoint() {
    return proxy.startsWith("waypoint ");
  }
}
