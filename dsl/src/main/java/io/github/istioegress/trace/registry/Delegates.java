package io.github.istioegress.trace.registry;

import io.fabric8.istio.api.api.networking.v1alpha3.Delegate;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.github.istioegress.resource.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * VirtualServices without hosts, to which routes of others delegate. A route that names one that is
 * not there, or that its namespace does not see, is left out; so is a delegate's route that
 * contradicts the root's.
 */
final class Delegates {

  /**
   * One of them.
   *
   * @param exportTo who may delegate to it
   * @param namespace its namespace
   * @param routes its routes, their names resolved in its own namespace
   */
  private record Held(Set<String> exportTo, String namespace, List<HttpRoute> routes) {}

  private final Map<String, Held> byName = new HashMap<>();

  private Delegates() {}

  /** True for a VirtualService that stands for nothing by itself. */
  static boolean is(Resource resource) {
    VirtualService object = (VirtualService) resource.object();
    return object.getSpec() == null || object.getSpec().getHosts().isEmpty();
  }

  /**
   * Finds the delegates among VirtualServices.
   *
   * @param resources all of them
   * @param defaultExport who sees one that does not say so
   */
  static Delegates of(List<Resource> resources, List<String> defaultExport) {
    Delegates delegates = new Delegates();
    for (Resource resource : resources) {
      VirtualService object = (VirtualService) resource.object();
      if (is(resource) && object.getSpec() != null) {
        String namespace = Metadata.namespace(object);
        delegates.byName.put(
            Metadata.namespacedName(object),
            new Held(
                ExportTo.effective(object.getSpec().getExportTo(), defaultExport),
                namespace,
                said(resource).stream().map(route -> resolved(route, namespace)).toList()));
      }
    }
    return delegates;
  }

  private static HttpRoute resolved(HttpRoute said, String namespace) {
    return new HttpRoute(DelegatedRoute.resolved(said.route(), namespace), said.said());
  }

  private static List<HttpRoute> said(Resource resource) {
    VirtualService object = (VirtualService) resource.object();
    List<HTTPRoute> http = object.getSpec() == null ? List.of() : object.getSpec().getHttp();
    List<HttpRoute> routes = new ArrayList<>(http.size());
    for (int i = 0; i < http.size(); i++) {
      routes.add(HttpRoute.of(resource, i, http.get(i)));
    }
    return routes;
  }

  /** The routes of HTTP of a rule, those of its delegates where it names them. */
  List<HttpRoute> routes(Resource root) {
    List<HttpRoute> routes = said(root);
    // A route that istiod made of the Gateway API's delegates to nobody.
    boolean delegating = routes.stream().anyMatch(one -> one.route().getDelegate() != null);
    if (!delegating || Derived.is(root)) {
      return List.copyOf(routes);
    }
    String namespace = Metadata.namespace(root.object());
    List<HttpRoute> merged = new ArrayList<>();
    for (HttpRoute route : routes) {
      Delegate to = route.route().getDelegate();
      if (to == null) {
        merged.add(route);
      } else {
        merged.addAll(delegated(route, to, namespace));
      }
    }
    return List.copyOf(merged);
  }

  private List<HttpRoute> delegated(HttpRoute root, Delegate to, String namespace) {
    String said = Objects.requireNonNullElse(to.getNamespace(), "");
    Held held = byName.get((said.isEmpty() ? namespace : said) + "/" + to.getName());
    if (held == null || !ExportTo.visible(held.exportTo(), held.namespace(), namespace)) {
      return List.of();
    }
    HTTPRoute resolved = DelegatedRoute.resolved(root.route(), namespace);
    List<HttpRoute> routes = new ArrayList<>();
    for (HttpRoute delegate : held.routes()) {
      DelegatedRoute.of(resolved, delegate.route())
          .ifPresent(merged -> routes.add(root.delegatedTo(delegate, merged)));
    }
    return routes;
  }
}
