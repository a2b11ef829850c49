package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ReferenceGrant;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR804: the backend of a route is not there, is of a kind that is none, or is not granted. */
final class RouteBackendAnalyzer implements Analyzer {

  private static final String ISTIO = "networking.istio.io";

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Set<String>> services = new HashMap<>();
    context.model().registry().all().stream()
        .filter(service -> service.kubernetes())
        .forEach(
            service ->
                services
                    .computeIfAbsent(service.namespace(), ns -> new TreeSet<>())
                    .add(service.hostname().substring(0, service.hostname().indexOf('.'))));
    Map<String, Set<String>> hosts = new HashMap<>();
    for (Resource entry : context.resources().of(ResourceKind.SERVICE_ENTRY)) {
      ServiceEntry object = (ServiceEntry) entry.object();
      if (object.getSpec() != null) {
        hosts
            .computeIfAbsent(entry.key().namespace(), ns -> new TreeSet<>())
            .addAll(object.getSpec().getHosts());
      }
    }
    Set<String> granted = granted(context);
    for (SaidRoute route : SaidRoute.all(context)) {
      for (SaidRoute.Backend backend : route.backends()) {
        wrong(context, route, backend, services, hosts, granted)
            .ifPresent(
                why ->
                    out.accept(
                        Manifest.finding(
                            route.resource(),
                            GatewayApiCode.BACKEND_NOT_FOUND,
                            backend.path(),
                            route.resource().key(),
                            backend.kind() + " " + backend.name(),
                            why[0],
                            why[1])));
      }
    }
  }

  private static Optional<String[]> wrong(
      AnalysisContext context,
      SaidRoute route,
      SaidRoute.Backend backend,
      Map<String, Set<String>> services,
      Map<String, Set<String>> hosts,
      Set<String> granted) {
    String name = backend.name();
    if (backend.group().equals(ISTIO) && backend.kind().equals("Hostname")) {
      Set<String> own = hosts.getOrDefault(route.namespace(), Set.of());
      boolean ofCluster = name.endsWith(".svc.cluster.local");
      return own.contains(name) || ofCluster || hosts.isEmpty()
          ? Optional.empty()
          : wrong(
              "which no ServiceEntry of namespace %s declares".formatted(route.namespace()),
              NearMiss.of(name, own)
                  .map("Write %s"::formatted)
                  .orElse("Declare the host there, where istiod looks"));
    }
    if (backend.group().equals(ISTIO)) {
      return wrong(
          "a kind that istiod does not send to",
          "Name its host, kind Hostname of group networking.istio.io");
    }
    if (!backend.group().isEmpty() || !backend.kind().equals("Service")) {
      return Optional.empty();
    }
    Set<String> there = services.getOrDefault(backend.namespace(), Set.of());
    if (!there.contains(name)) {
      Optional<String> near = NearMiss.of(name, there);
      boolean known = context.knows().services(backend.namespace());
      return known || near.isPresent()
          ? wrong(
              "which namespace %s does not have".formatted(backend.namespace()),
              near.map("Write %s"::formatted).orElse("Name a Service that is there"))
          : Optional.empty();
    }
    // Routes of the mesh need no grant: only a Gateway's send for everybody.
    boolean crosses =
        !backend.namespace().equals(route.namespace())
            && route.parents().stream()
                .allMatch(
                    parent ->
                        Objects.requireNonNullElse(parent.getKind(), "Gateway").equals("Gateway"));
    String grant =
        route.resource().key().kind() + " " + route.namespace() + " " + backend.namespace();
    return crosses && !granted.contains(grant)
        ? wrong(
            "in namespace %s, which grants no reference to it".formatted(backend.namespace()),
            "Add a ReferenceGrant in %s for %s of %s"
                .formatted(backend.namespace(), route.resource().key().kind(), route.namespace()))
        : Optional.empty();
  }

  private static Optional<String[]> wrong(String why, String remedy) {
    return Optional.of(new String[] {why, remedy});
  }

  /** {@code HTTPRoute shop bank}: kind and namespace of who may refer, and to which namespace. */
  private static Set<String> granted(AnalysisContext context) {
    Set<String> granted = new HashSet<>();
    for (Resource resource : context.resources().of(ResourceKind.REFERENCE_GRANT)) {
      ReferenceGrant grant = (ReferenceGrant) resource.object();
      if (grant.getSpec() != null) {
        grant
            .getSpec()
            .getFrom()
            .forEach(
                from ->
                    granted.add(
                        from.getKind()
                            + " "
                            + from.getNamespace()
                            + " "
                            + resource.key().namespace()));
      }
    }
    return granted;
  }
}
