package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.networking.v1.Gateway;
import io.github.istioegress.resource.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How a Gateway resource comes to a workload: by the labels of the pods, or, where istiod made it
 * of the Gateway API's, by the Service in front of them.
 */
public final class GatewaySelection {

  /** Istio's own mark on a Gateway that it makes: the Services it is for, with commas between. */
  public static final String SERVICES = "internal.istio.io/gateway-service";

  private GatewaySelection() {}

  /** True where the Gateway opens its servers in these pods. */
  public static boolean takes(Resource gateway, Workload pod, List<RegistryService> services) {
    if (Derived.is(gateway)) {
      return !behind(gateway, services).isEmpty();
    }
    Map<String, String> selector = ((Gateway) gateway.object()).getSpec().getSelector();
    return selector == null || pod.has(selector);
  }

  /** True where the Gateway itself tells that these pods are a gateway. */
  public static boolean names(Resource gateway) {
    Map<String, String> selector = ((Gateway) gateway.object()).getSpec().getSelector();
    return selector != null && !selector.isEmpty();
  }

  /**
   * The ports of the pods behind the number of a server. One that is selected by labels listens on
   * the number itself where no Service maps it; one that names a Service does not listen then.
   */
  public static List<Integer> ports(Resource gateway, int number, List<RegistryService> services) {
    boolean byService = Derived.is(gateway);
    List<Integer> mapped =
        (byService ? behind(gateway, services) : services)
            .stream()
                .flatMap(service -> service.port(number).stream())
                .map(ServicePort::targetPort)
                .distinct()
                .toList();
    if (byService) {
      return mapped;
    }
    return List.of(mapped.isEmpty() ? number : mapped.get(0));
  }

  private static List<RegistryService> behind(Resource gateway, List<RegistryService> services) {
    String said = gateway.object().getMetadata().getAnnotations().getOrDefault(SERVICES, "");
    List<String> hosts = Arrays.asList(said.split(",", -1));
    return services.stream()
        .filter(service -> service.namespace().equals(Metadata.namespace(gateway.object())))
        .filter(service -> hosts.contains(service.hostname()))
        .toList();
  }
}
