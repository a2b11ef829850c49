package io.github.istioegress.trace.ambient;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.AllowedRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.gatewayapi.Namespaces;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the waypoint of a service: by its resource's label, else by that of its namespace. */
final class Waypoints {

  private static final String USE = "istio.io/use-waypoint";
  private static final String USE_NAMESPACE = "istio.io/use-waypoint-namespace";
  private static final String FOR = "istio.io/waypoint-for";
  private static final String NONE = "none";
  private static final int HBONE = 15008;

  private final ResourceSet resources;
  private final Namespaces namespaces;
  private final boolean otherNamespaces;

  /**
   * Prepares the search.
   *
   * @param resources the manifests
   * @param namespaces the namespaces' labels
   * @param otherNamespaces true where the release knows waypoints of other namespaces
   */
  Waypoints(ResourceSet resources, Namespaces namespaces, boolean otherNamespaces) {
    this.resources = resources;
    this.namespaces = namespaces;
    this.otherNamespaces = otherNamespaces;
  }

  Binding of(RegistryService service) {
    Map<String, String> own = service.labels();
    String home = service.namespace();
    if (own.containsKey(USE)) {
      return bind(own, service.source(), home);
    }
    Optional<Resource> namespace = resources.find(ResourceKind.NAMESPACE.key("", home));
    Map<String, String> labels = namespaces.labels(home);
    return namespace.isPresent() && labels.containsKey(USE)
        ? bind(labels, namespace.get(), home)
        : Binding.NONE;
  }

  private Binding bind(Map<String, String> labels, Resource labelled, String home) {
    String name = labels.getOrDefault(USE, NONE);
    if (name.equals(NONE)) {
      return Binding.NONE;
    }
    String namespace = otherNamespaces ? labels.getOrDefault(USE_NAMESPACE, home) : home;
    Decision label = Decision.of(labelled, "metadata.labels");
    return resources
        .find(ResourceKind.KUBERNETES_GATEWAY.key(namespace, name))
        .filter(gateway -> isWaypoint((Gateway) gateway.object()))
        .map(gateway -> bind(new Waypoint(gateway), label, home))
        .orElseGet(
            () ->
                Binding.failing(
                    "waypoint %s/%s, which the label %s names, is not there"
                        .formatted(namespace, name, USE),
                    label));
  }

  private Binding bind(Waypoint waypoint, Decision label, String home) {
    Gateway gateway = (Gateway) waypoint.gateway().object();
    if (!letsIn(gateway, home)) {
      return Binding.failing(
          "waypoint %s does not let services of namespace %s attach (allowedRoutes)"
              .formatted(waypoint, home),
          label);
    }
    String traffic = traffic(gateway);
    return traffic.equals("service") || traffic.equals("all")
        ? Binding.to(waypoint, label)
        : Binding.failing(
            "waypoint %s is for %s traffic (label %s)".formatted(waypoint, traffic, FOR), label);
  }

  static boolean isWaypoint(Gateway gateway) {
    return gateway.getSpec() != null
        && Waypoint.CLASS.equals(gateway.getSpec().getGatewayClassName());
  }

  private String traffic(Gateway gateway) {
    Map<String, String> ofClass =
        resources
            .find(ResourceKind.GATEWAY_CLASS.key("", Waypoint.CLASS))
            .map(found -> found.object().getMetadata().getLabels())
            .orElse(Map.of());
    Map<String, String> own =
        Objects.requireNonNullElse(gateway.getMetadata().getLabels(), Map.of());
    return own.getOrDefault(FOR, ofClass.getOrDefault(FOR, "service"));
  }

  private boolean letsIn(Gateway gateway, String home) {
    Optional<RouteNamespaces> allowed =
        gateway.getSpec().getListeners().stream()
            .filter(Waypoints::isTunnel)
            .findFirst()
            .map(Listener::getAllowedRoutes)
            .map(AllowedRoutes::getNamespaces);
    String from = allowed.map(RouteNamespaces::getFrom).orElse("Same");
    return switch (from) {
      case "All" -> true;
      case "Selector" ->
          allowed
              .map(RouteNamespaces::getSelector)
              .map(namespaces::matching)
              .orElse(List.of())
              .contains(home);
      default -> Metadata.namespace(gateway).equals(home);
    };
  }

  private static boolean isTunnel(Listener listener) {
    return "HBONE".equals(listener.getProtocol()) && Metadata.number(listener.getPort()) == HBONE;
  }
}
