package io.github.istioegress.trace.registry;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that manifests give to Services which select no pods: in an EndpointSlice, or in
 * Endpoints, of which Kubernetes itself makes one.
 */
final class Slices {

  private static final String SERVICE = "kubernetes.io/service-name";

  /** Addresses behind the ports of a name. */
  private record Slice(List<String> addresses, Map<String, Integer> ports) {}

  private final Map<String, List<Slice>> byService = new HashMap<>();

  /** Reads the addresses of all Services. */
  static Slices of(ResourceSet resources) {
    Slices slices = new Slices();
    for (Resource resource : resources.of(ResourceKind.OTHER)) {
      if (resource.object() instanceof GenericKubernetesResource object) {
        slices.add(resource, object);
      }
    }
    return slices;
  }

  private void add(Resource resource, GenericKubernetesResource object) {
    String namespace = Metadata.namespace(object);
    if (resource.key().kind().equals("EndpointSlice")) {
      String service = Metadata.labels(object).getOrDefault(SERVICE, "");
      List<String> addresses = new ArrayList<>();
      for (Object endpoint : list(object.get("endpoints"))) {
        Object ready = table(table(endpoint).get("conditions")).get("ready");
        if (!Boolean.FALSE.equals(ready)) {
          list(table(endpoint).get("addresses")).forEach(to -> addresses.add(to.toString()));
        }
      }
      add(namespace, service, addresses, object.get("ports"));
    } else if (resource.key().kind().equals("Endpoints")) {
      for (Object subset : list(object.get("subsets"))) {
        List<String> addresses = new ArrayList<>();
        list(table(subset).get("addresses"))
            .forEach(to -> addresses.add(String.valueOf(table(to).get("ip"))));
        add(namespace, object.getMetadata().getName(), addresses, table(subset).get("ports"));
      }
    }
  }

  private void add(
      String namespace, String service, List<String> addresses, @Nullable Object ports) {
    Map<String, Integer> numbers = new HashMap<>();
    for (Object port : list(ports)) {
      Object name = table(port).get("name");
      if (table(port).get("port") instanceof Number number) {
        numbers.put(name == null ? "" : name.toString(), number.intValue());
      }
    }
    byService
        .computeIfAbsent(namespace + "/" + service, key -> new ArrayList<>())
        .add(new Slice(List.copyOf(addresses), numbers));
  }

  /** The port of a Service with the addresses behind it; as it is where there are none. */
  ServicePort behind(ServicePort port, String namespace, String service, String name) {
    List<Slice> found =
        byService.getOrDefault(namespace + "/" + service, List.of()).stream()
            .filter(slice -> slice.ports().containsKey(name) && !slice.addresses().isEmpty())
            .toList();
    if (found.isEmpty()) {
      return port;
    }
    int target = found.get(0).ports().getOrDefault(name, port.targetPort());
    return new ServicePort(
        port.number(),
        port.protocol(),
        target,
        found.stream()
            .flatMap(slice -> slice.addresses().stream())
            .map(address -> new Endpoint(address, target, Map.of()))
            .toList());
  }

  private static List<?> list(@Nullable Object said) {
    return said instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> table(@Nullable Object said) {
    return said instanceof Map<?, ?> map ? map : Map.of();
  }
}
