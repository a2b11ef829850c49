package io.github.istioegress.analysis.context;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TCPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.TLSRoute;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One route of a VirtualService, in the place where it holds; that of a delegate is there once for
 * each VirtualService that names the delegate.
 *
 * @param rule the VirtualService whose hosts and gateways it has
 * @param resource the VirtualService that says it: the same, or its delegate
 * @param path the field that says it, {@code spec.http[0]}
 * @param gateways those of the rule's gateways ({@code namespace/name}, or {@code mesh}) at which
 *     it may match
 * @param reachedAt those of them at which an earlier route of the rule leaves it any call
 * @param targets where it sends to
 * @param http the route, where it is one of HTTP
 * @param tls the route, where it is one of TLS
 * @param tcp the route, where it is one of bytes
 */
public record Leg(
    RouteRule rule,
    Resource resource,
    String path,
    List<String> gateways,
    List<String> reachedAt,
    List<Target> targets,
    Optional<HTTPRoute> http,
    Optional<TLSRoute> tls,
    Optional<TCPRoute> tcp) {

  /** Freezes the lists. */
  public Leg {
    gateways = List.copyOf(gateways);
    reachedAt = List.copyOf(reachedAt);
    targets = List.copyOf(targets);
  }

  /**
   * Where a route sends calls, or copies of them.
   *
   * @param destination what is said
   * @param host its host, fully qualified
   * @param path the field, {@code spec.http[0].route[0].destination}
   * @param mirror true where it gets copies
   */
  public record Target(Destination destination, String host, String path, boolean mirror) {

    /** Its subset; empty for the whole host. */
    public String subset() {
      return Objects.requireNonNullElse(destination.getSubset(), "");
    }

    /** Its port; 0 where unsaid. */
    public int port() {
      return destination.getPort() == null ? 0 : Metadata.number(destination.getPort().getNumber());
    }
  }

  /** True where it holds in sidecars. */
  public boolean isOfMesh() {
    return gateways.contains(RouteRule.MESH);
  }

  /** True where it holds at some gateway. */
  public boolean isOfGateway() {
    return gateways.stream().anyMatch(gateway -> !gateway.equals(RouteRule.MESH));
  }

  /** A finding about a field of the resource that says it. */
  public Finding finding(FindingCode code, String field, Object... args) {
    return Manifest.finding(resource, code, field, args);
  }
}
