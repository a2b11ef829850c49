package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteSpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteSpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRouteSpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteSpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    static Backend of(String path, BackendRef ref, String home) {
      return of(path, ref.getGroup(), ref.getKind(), ref.getNamespace(), ref.getName(), home);
    }

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
    for (Manifest<HTTPRouteSpec> one : context.typed(ResourceKind.HTTP_ROUTE, HTTPRoute::getSpec)) {
      all.add(
          of(
              one.resource(),
              one.spec().getParentRefs(),
              one.spec().getRules(),
              rule -> rule.getBackendRefs(),
              (path, ref) ->
                  Backend.of(
                      path,
                      ref.getGroup(),
                      ref.getKind(),
                      ref.getNamespace(),
                      ref.getName(),
                      one.namespace())));
    }
    for (Manifest<GRPCRouteSpec> one : context.typed(ResourceKind.GRPC_ROUTE, GRPCRoute::getSpec)) {
      all.add(
          of(
              one.resource(),
              one.spec().getParentRefs(),
              one.spec().getRules(),
              rule -> rule.getBackendRefs(),
              (path, ref) ->
                  Backend.of(
                      path,
                      ref.getGroup(),
                      ref.getKind(),
                      ref.getNamespace(),
                      ref.getName(),
                      one.namespace())));
    }
    for (Manifest<TLSRouteSpec> one : context.typed(ResourceKind.TLS_ROUTE, TLSRoute::getSpec)) {
      all.add(
          of(
              one.resource(),
              one.spec().getParentRefs(),
              one.spec().getRules(),
              rule -> rule.getBackendRefs(),
              (path, ref) -> Backend.of(path, ref, one.namespace())));
    }
    for (Manifest<TCPRouteSpec> one : context.typed(ResourceKind.TCP_ROUTE, TCPRoute::getSpec)) {
      all.add(
          of(
              one.resource(),
              one.spec().getParentRefs(),
              one.spec().getRules(),
              rule -> rule.getBackendRefs(),
              (path, ref) -> Backend.of(path, ref, one.namespace())));
    }
    return all;
  }

  /** A route of any kind: the kinds have no type in common. */
  private static <R, B> SaidRoute of(
      Resource resource,
      List<ParentReference> parents,
      List<R> rules,
      Function<R, List<B>> refs,
      BiFunction<String, B, Backend> read) {
    List<Backend> backends = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      List<B> of = refs.apply(rules.get(i));
      for (int j = 0; j < of.size(); j++) {
        backends.add(read.apply("spec.rules[" + i + "].backendRefs[" + j + "]", of.get(j)));
      }
    }
    return new SaidRoute(resource, parents, backends);
  }

  /** The route's namespace. */
  String namespace() {
    return resource.key().namespace();
  }
}
