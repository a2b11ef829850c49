package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.resource.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A service as Istio's registry knows it: a Service of the cluster, or one host of a ServiceEntry
 * at one of its addresses.
 *
 * @param hostname the host, as written
 * @param namespace the namespace of the resource
 * @param kubernetes true for a Service of the cluster
 * @param address the address callers dial: an IP, a CIDR, or {@link #ANY_ADDRESS}
 * @param ports its ports
 * @param resolution how endpoints are found
 * @param exportTo who sees it, as written; empty where unsaid
 * @param created when the resource was created, as far as known
 * @param labels the resource's labels
 * @param selector the labels of the pods behind it; empty where it has none
 * @param source the resource
 * @param external true where it lies outside of the mesh
 * @param aliases other names of it: Services of type ExternalName
 */
public record RegistryService(
    String hostname,
    String namespace,
    boolean kubernetes,
    String address,
    List<ServicePort> ports,
    Resolution resolution,
    Set<String> exportTo,
    Instant created,
    Map<String, String> labels,
    Map<String, String> selector,
    Resource source,
    boolean external,
    List<String> aliases) {

  /** What a service without an address of its own is dialled at. */
  public static final String ANY_ADDRESS = "0.0.0.0";

  private static final String AUTO_ALLOCATE = "networking.istio.io/enable-autoallocate-ip";

  /** Its port of this number. */
  public Optional<ServicePort> port(int number) {
    return ports.stream().filter(port -> port.number() == number).findFirst();
  }

  /** The same with other ports. */
  public RegistryService withPorts(List<ServicePort> other) {
    return with(hostname, address, List.copyOf(other), aliases);
  }

  /** The same dialled at another address. */
  RegistryService withAddress(String other) {
    return with(hostname, other, ports, aliases);
  }

  /**
   * True where istiod gives it an address of its own: an entry that has none, can be told from its
   * addresses, and does not decline ({@code networking.istio.io/enable-autoallocate-ip: "false"}).
   */
  public boolean wantsAddress() {
    boolean named = !HostMatch.isWildcard(hostname) || resolution == Resolution.DYNAMIC_DNS;
    return !kubernetes
        && address.equals(ANY_ADDRESS)
        && resolution != Resolution.NONE
        && !labels.getOrDefault(AUTO_ALLOCATE, "").equalsIgnoreCase("false")
        && named;
  }

  /** The same with other names. */
  RegistryService withAliases(List<String> names) {
    return with(hostname, address, ports, List.copyOf(names));
  }

  /** The same under another spelling of the host. */
  public RegistryService withHostname(String other) {
    return with(other, address, ports, aliases);
  }

  private RegistryService with(
      String otherHost, String otherAddress, List<ServicePort> otherPorts, List<String> names) {
    return new RegistryService(
        otherHost,
        namespace,
        kubernetes,
        otherAddress,
        otherPorts,
        resolution,
        exportTo,
        created,
        labels,
        selector,
        source,
        external,
        names);
  }

  /** True where Istio makes one service of this and another of the same host. */
  boolean mergesWith(RegistryService other) {
    return namespace.equals(other.namespace)
        && resolution == other.resolution
        && kubernetes == other.kubernetes
        && labels.equals(other.labels)
        && selector.equals(other.selector)
        && exportTo.equals(other.exportTo);
  }
}
