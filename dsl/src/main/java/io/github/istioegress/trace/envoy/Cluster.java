package io.github.istioegress.trace.envoy;

import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.List;
import java.util.Map;

/**
 * A cluster that a proxy has.
 *
 * @param name its name
 * @param service the service behind it
 * @param port the service's port
 * @param discovery how Envoy finds its endpoints: EDS, STRICT_DNS, LOGICAL_DNS, ORIGINAL_DST or
 *     DYNAMIC_DNS
 * @param tls the TLS it speaks
 * @param subsetLabels the labels of the pods in its subset; empty for all
 * @param failover the addresses whose turn comes when all earlier ones are ejected; none mostly
 * @param decisions what made it
 */
public record Cluster(
    ClusterName name,
    RegistryService service,
    ServicePort port,
    String discovery,
    UpstreamTls tls,
    Map<String, String> subsetLabels,
    List<String> failover,
    List<Decision> decisions) {

  /**
   * True where Envoy refuses what Istio makes of it: a looked-up name whose options say HTTP/2, but
   * not that SNI and names follow the request, which Istio says of TLS and of what may be in the
   * mesh.
   */
  public boolean isRefused() {
    return discovery.equals("DYNAMIC_DNS")
        && service.external()
        && port.protocol().isHttp2()
        && tls.mode() == UpstreamTls.Mode.NONE;
  }
}
