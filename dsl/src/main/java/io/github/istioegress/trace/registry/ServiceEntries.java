package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryLocation;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.api.networking.v1alpha3.WorkloadEntry;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** ServiceEntry resources as services: one for each host and address. */
final class ServiceEntries {

  private static final Pattern IP = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F]*:.*");

  private ServiceEntries() {}

  static List<RegistryService> services(Resource resource) {
    ServiceEntry entry = (ServiceEntry) resource.object();
    io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry spec = entry.getSpec();
    if (spec == null) {
      return List.of();
    }
    List<String> addresses = addresses(spec.getAddresses());
    List<RegistryService> services = new ArrayList<>();
    for (String host : spec.getHosts()) {
      List<ServicePort> ports =
          spec.getPorts().stream().map(port -> port(port, host, spec)).toList();
      for (String address : addresses) {
        services.add(
            new RegistryService(
                host,
                Metadata.namespace(entry),
                false,
                address,
                ports,
                resolution(spec.getResolution()),
                new LinkedHashSet<>(spec.getExportTo()),
                Metadata.created(entry),
                Metadata.labels(entry),
                selector(spec),
                resource,
                spec.getLocation() != ServiceEntryLocation.MESH_INTERNAL,
                List.of()));
      }
    }
    return services;
  }

  private static ServicePort port(
      io.fabric8.istio.api.api.networking.v1alpha3.ServicePort port,
      String host,
      io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry spec) {
    int number = Metadata.number(port.getNumber());
    int said = Metadata.number(port.getTargetPort());
    int target = said == 0 ? number : said;
    String name = Objects.requireNonNullElse(port.getName(), "");
    String protocol = Objects.requireNonNullElse(port.getProtocol(), "");
    return new ServicePort(
        number, Protocol.parse(protocol), target, endpoints(host, spec, name, target));
  }

  private static List<String> addresses(List<String> said) {
    List<String> addresses = new ArrayList<>();
    for (String address : said) {
      String prefix = address.contains(":") ? "/128" : "/32";
      String plain =
          address.endsWith(prefix)
              ? address.substring(0, address.length() - prefix.length())
              : address;
      if (IP.matcher(plain).lookingAt()) {
        addresses.add(plain);
      }
    }
    return said.isEmpty() ? List.of(RegistryService.ANY_ADDRESS) : addresses;
  }

  private static Resolution resolution(ServiceEntryResolution said) {
    return switch (Optional.ofNullable(said).orElse(ServiceEntryResolution.NONE)) {
      case NONE -> Resolution.NONE;
      case STATIC -> Resolution.ENDPOINTS;
      case DNS -> Resolution.DNS;
      case DNS_ROUND_ROBIN -> Resolution.DNS_ROUND_ROBIN;
      case DYNAMIC_DNS -> Resolution.DYNAMIC_DNS;
    };
  }

  private static Map<String, String> selector(
      io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry spec) {
    return spec.getWorkloadSelector() == null || spec.getWorkloadSelector().getLabels() == null
        ? Map.of()
        : Map.copyOf(spec.getWorkloadSelector().getLabels());
  }

  /** Endpoints as written; a host resolved by DNS is its own endpoint unless it is a wildcard. */
  private static List<Endpoint> endpoints(
      String host,
      io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry spec,
      String portName,
      int target) {
    if (!spec.getEndpoints().isEmpty()) {
      return spec.getEndpoints().stream()
          .filter(endpoint -> endpoint.getAddress() != null)
          .map(endpoint -> endpoint(endpoint, portName, target))
          .toList();
    }
    boolean byName =
        spec.getResolution() == ServiceEntryResolution.DNS
            || spec.getResolution() == ServiceEntryResolution.DNS_ROUND_ROBIN;
    return byName && !host.startsWith("*") && spec.getWorkloadSelector() == null
        ? List.of(new Endpoint(host, target, Map.of()))
        : List.of();
  }

  /** An endpoint may have the port, by its name, at a number of its own. */
  private static Endpoint endpoint(WorkloadEntry entry, String portName, int target) {
    Long own = entry.getPorts() == null ? null : entry.getPorts().get(portName);
    return new Endpoint(
        entry.getAddress(),
        own == null ? target : own.intValue(),
        entry.getLabels() == null ? Map.of() : Map.copyOf(entry.getLabels()));
  }
}
