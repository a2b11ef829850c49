package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.AllowedRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.gatewayapi.Namespaces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR803: the Gateway that a route names as its parent is not there, or does not let it in. */
final class RouteParentAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Namespaces namespaces = new Namespaces(context.resources());
    Map<String, Set<String>> shown = new HashMap<>();
    for (Resource gateway : context.resources().of(ResourceKind.KUBERNETES_GATEWAY)) {
      shown
          .computeIfAbsent(gateway.key().namespace(), ns -> new TreeSet<>())
          .add(gateway.key().name());
    }
    for (SaidRoute route : SaidRoute.all(context)) {
      for (int i = 0; i < route.parents().size(); i++) {
        ParentReference parent = route.parents().get(i);
        boolean gateway =
            Objects.requireNonNullElse(parent.getKind(), "Gateway").equals("Gateway")
                && Objects.requireNonNullElse(parent.getGroup(), "gateway.networking.k8s.io")
                    .equals("gateway.networking.k8s.io");
        if (gateway) {
          Optional<String[]> wrong = wrong(context, namespaces, shown, route, parent);
          String path = "spec.parentRefs[" + i + "]";
          wrong.ifPresent(
              why ->
                  out.accept(
                      Manifest.finding(
                          route.resource(),
                          GatewayApiCode.PARENT_DOES_NOT_TAKE,
                          path,
                          route.resource().key(),
                          name(route, parent),
                          why[0],
                          why[1])));
        }
      }
    }
  }

  private static String name(SaidRoute route, ParentReference parent) {
    return Objects.requireNonNullElse(parent.getNamespace(), route.namespace())
        + "/"
        + parent.getName();
  }

  /** What is wrong, and the remedy; empty where nothing is, or the manifests do not tell. */
  private static Optional<String[]> wrong(
      AnalysisContext context,
      Namespaces namespaces,
      Map<String, Set<String>> shown,
      SaidRoute route,
      ParentReference parent) {
    String home = Objects.requireNonNullElse(parent.getNamespace(), route.namespace());
    Optional<Resource> found =
        context.resources().find(ResourceKind.KUBERNETES_GATEWAY.key(home, parent.getName()));
    if (found.isEmpty()) {
      Set<String> there = shown.getOrDefault(home, Set.of());
      Optional<String> near = NearMiss.of(parent.getName(), there);
      return there.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new String[] {
                "which is not there",
                near.map("Write %s"::formatted).orElse("Name a Gateway that is there")
              });
    }
    List<Listener> listeners = ((Gateway) found.get().object()).getSpec().getListeners();
    String section = Objects.requireNonNullElse(parent.getSectionName(), "");
    List<Listener> named =
        listeners.stream()
            .filter(one -> section.isEmpty() || section.equals(one.getName()))
            .toList();
    if (named.isEmpty()) {
      return Optional.of(
          new String[] {
            "which has no listener " + section,
            "Name one of " + listeners.stream().map(Listener::getName).toList()
          });
    }
    boolean letIn =
        named.stream().anyMatch(one -> letsIn(one, home, route.namespace(), namespaces));
    return letIn
        ? Optional.empty()
        : Optional.of(
            new String[] {
              "whose listeners take no routes of namespace %s (allowedRoutes)"
                  .formatted(route.namespace()),
              "Let the namespace in by allowedRoutes.namespaces, or write the route in %s"
                  .formatted(home)
            });
  }

  private static boolean letsIn(
      Listener listener, String home, String route, Namespaces namespaces) {
    Optional<RouteNamespaces> allowed =
        Optional.ofNullable(listener.getAllowedRoutes()).map(AllowedRoutes::getNamespaces);
    return switch (allowed.map(RouteNamespaces::getFrom).orElse("Same")) {
      case "All" -> true;
      case "Selector" ->
          allowed
              .map(RouteNamespaces::getSelector)
              .map(selector -> namespaces.matching(selector).contains(route))
              .orElse(false);
      default -> home.equals(route);
    };
  }
}
