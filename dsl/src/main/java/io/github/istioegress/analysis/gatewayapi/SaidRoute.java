package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route of the Gateway API, of whatever kind.
 *
 * @param resource the route
 * @param parents its parents, in order
 * @param backends where it sends to
 */
record SaidRoute(Resource resource, List<ParentReference> parents, List<Backend> backends) {

  /**
   * Where a route sends to.
   *
   * @param path the field, {@code spec.rules[0].backendRefs[0]}
   * @param group the API group; empty for Kubernetes' core kinds
   * @param kind the kind
   * @param namespace the namespace, the route's where none is said
   * @param name the name
   */
  record Backend(String path, String group, String kind, String namespace, String name) {
    static Backend of(
        String path,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String namespace,
        String name,
        String home) {
      return new Backend(
          path,
          Objects.requireNonNullElse(group, ""),
          Objects.requireNonNullElse(kind, "Service"),
          Objects.requireNonNullElse(namespace, home),
          name);
    }
  }

  static List<SaidRoute> all(AnalysisContext context) {
    List<SaidRoute> all = new ArrayList<>();
    for (Resource one : context.resources().of(ResourceKind.HTTP_ROUTE)) {
      HTTPRoute route = (HTTPRoute) one.object();
      if (route.getSpec() != null) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < route.getSpec().getRules().size(); i++) {
          var refs = route.getSpec().getRules().get(i).getBackendRefs();
          for (int j = 0; j < refs.size(); j++) {
            var ref = refs.get(j);
            backends.add(
                Backend.of(
                    path(i, j),
                    ref.getGroup(),
                    ref.getKind(),
                    ref.getNamespace(),
                    ref.getName(),
                    home(one)));
          }
        }
        all.add(new SaidRoute(one, route.getSpec().getParentRefs(), backends));
      }
    }
    for (Resource one : context.resources().of(ResourceKind.GRPC_ROUTE)) {
      GRPCRoute route = (GRPCRoute) one.object();
      if (route.getSpec() != null) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < route.getSpec().getRules().size(); i++) {
          var refs = route.getSpec().getRules().get(i).getBackendRefs();
          for (int j = 0; j < refs.size(); j++) {
            var ref = refs.get(j);
            backends.add(
                Backend.of(
                    path(i, j),
                    ref.getGroup(),
                    ref.getKind(),
                    ref.getNamespace(),
                    ref.getName(),
                    home(one)));
          }
        }
        all.add(new SaidRoute(one, route.getSpec().getParentRefs(), backends));
      }
    }
    for (Resource one : context.resources().of(ResourceKind.TLS_ROUTE)) {
      TLSRoute route = (TLSRoute) one.object();
      if (route.getSpec() != null) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < route.getSpec().getRules().size(); i++) {
          add(backends, i, route.getSpec().getRules().get(i).getBackendRefs(), home(one));
        }
        all.add(new SaidRoute(one, route.getSpec().getParentRefs(), backends));
      }
    }
    for (Resource one : context.resources().of(ResourceKind.TCP_ROUTE)) {
      TCPRoute route = (TCPRoute) one.object();
      if (route.getSpec() != null) {
        List<Backend> backends = new ArrayList<>();
        for (int i = 0; i < route.getSpec().getRules().size(); i++) {
          add(backends, i, route.getSpec().getRules().get(i).getBackendRefs(), home(one));
        }
        all.add(new SaidRoute(one, route.getSpec().getParentRefs(), backends));
      }
    }
    return all;
  }

  private static void add(
      List<Backend> backends,
      int rule,
      List<io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef> refs,
      String home) {
    for (int j = 0; j < refs.size(); j++) {
      var ref = refs.get(j);
      backends.add(
          Backend.of(
              path(rule, j),
              ref.getGroup(),
              ref.getKind(),
              ref.getNamespace(),
              ref.getName(),
              home));
    }
  }

  private static String path(int rule, int backend) {
    return "spec.rules[" + rule + "].backendRefs[" + backend + "]";
  }

  private static String home(Resource route) {
    return route.key().namespace();
  }

  /** The route's namespace. */
  String namespace() {
    return home(resource);
  }
}
