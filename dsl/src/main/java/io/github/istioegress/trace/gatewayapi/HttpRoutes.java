package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.Derived;
import io.github.istioegress.trace.registry.Metadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What istiod makes of HTTP and gRPC routes: one VirtualService for each place and host, in which
 * the rules of all routes for it are merged in the Gateway API's order.
 */
final class HttpRoutes {

  /** What one route says for one host at one place. */
  private record Part(
      Resource resource, int count, String host, String gateway, List<HttpRule> rules) {}

  private static final Comparator<Part> BY_AGE =
      Comparator.comparing((Part part) -> Metadata.created(part.resource().object()))
          .thenComparing(part -> part.resource().key().namespace())
          .thenComparing(part -> part.resource().key().name() + "~" + part.count());

  private final Attachments attachments;
  private final ReferenceGrants grants;
  private final IstioVersion version;
  private final Map<String, List<Part>> parts = new TreeMap<>();

  HttpRoutes(Attachments attachments, ReferenceGrants grants, IstioVersion version) {
    this.attachments = attachments;
    this.grants = grants;
    this.version = version;
  }

  List<Resource> of(ResourceSet resources) {
    for (Resource resource : resources.of(ResourceKind.HTTP_ROUTE)) {
      HTTPRoute route = (HTTPRoute) resource.object();
      if (route.getSpec() != null) {
        add(
            resource,
            route.getSpec().getParentRefs(),
            route.getSpec().getHostnames(),
            rules(resource, true).of(route),
            rules(resource, false).of(route));
      }
    }
    for (Resource resource : resources.of(ResourceKind.GRPC_ROUTE)) {
      GRPCRoute route = (GRPCRoute) resource.object();
      if (route.getSpec() != null) {
        add(
            resource,
            route.getSpec().getParentRefs(),
            route.getSpec().getHostnames(),
            rules(resource, true).of(route),
            rules(resource, false).of(route));
      }
    }
    List<Resource> made = new ArrayList<>();
    parts.forEach((key, all) -> made.add(merged(key, all)));
    return made;
  }

  private HttpRules rules(Resource resource, boolean mesh) {
    Backends backends =
        new Backends(
            resource.key().kind(),
            resource.key().namespace(),
            mesh ? Optional.empty() : Optional.of(grants));
    return new HttpRules(
        resource,
        backends,
        new MirrorFilters(backends, attachments, resource.key().namespace()),
        version);
  }

  private void add(
      Resource resource,
      List<ParentReference> parents,
      List<String> hostnames,
      List<HttpRule> forMesh,
      List<HttpRule> forGateways) {
    String home = resource.key().namespace();
    int count = 0;
    for (Attachment at : attachments.of(resource.key().kind(), parents, hostnames, home)) {
      List<HttpRule> rules = at.isMesh() ? forMesh : forGateways;
      String place = at.name();
      if (at.isMesh()) {
        place = at.port() == 0 ? home : home + "/" + at.port();
        rules = at.port() == 0 ? rules : rules.stream().map(r -> r.onPort(at.port())).toList();
      }
      for (String host : rules.isEmpty() ? List.<String>of() : at.hosts()) {
        if (at.isolates(host)) {
          parts
              .computeIfAbsent(place + "/" + host, key -> new ArrayList<>())
              .add(new Part(resource, count, host, at.name(), rules));
          count++;
        }
      }
    }
  }

  /** The oldest route gives namespace and age, the rules find their own order. */
  private static Resource merged(String key, List<Part> parts) {
    List<Part> byAge = parts.stream().sorted(BY_AGE).toList();
    Part oldest = byAge.get(0);
    List<HttpRule> rules =
        byAge.stream()
            .flatMap(part -> part.rules().stream().sorted(HttpRule.ORDER))
            .sorted(HttpRule.ORDER)
            .toList();
    Derived derived = Derived.from(oldest.resource(), "spec");
    for (int r = 0; r < rules.size(); r++) {
      derived = derived.with("spec.http[" + r + "]", rules.get(r).from());
    }
    VirtualService made =
        new VirtualServiceBuilder()
            .withNewMetadata()
            .withName(key.replace('/', '~'))
            .withNamespace(oldest.resource().key().namespace())
            .withCreationTimestamp(oldest.resource().object().getMetadata().getCreationTimestamp())
            .endMetadata()
            .withNewSpec()
            .withHosts(oldest.host())
            .withGateways(oldest.gateway())
            .withHttp(rules.stream().map(HttpRule::bySegments).toList())
            .endSpec()
            .build();
    return new Resource(made, derived);
  }
}
