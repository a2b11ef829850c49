package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.PortSelector;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendObjectReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend of a route.
 *
 * @param to what it refers to; its namespace is the route's where none is said
 * @param elsewhere true where a namespace is said
 * @param port the port; 0 where none is said
 * @param weight its share
 */
record Backend(Reference to, boolean elsewhere, int port, int weight) {

  private static final String MULTI_CLUSTER = "multicluster.x-k8s.io";

  static Backend of(HTTPBackendRef ref, String home) {
    return of(
        ref.getGroup(),
        ref.getKind(),
        ref.getNamespace(),
        ref.getName(),
        home,
        ref.getPort(),
        ref.getWeight());
  }

  static Backend of(GRPCBackendRef ref, String home) {
    return of(
        ref.getGroup(),
        ref.getKind(),
        ref.getNamespace(),
        ref.getName(),
        home,
        ref.getPort(),
        ref.getWeight());
  }

  static Backend of(BackendRef ref, String home) {
    return of(
        ref.getGroup(),
        ref.getKind(),
        ref.getNamespace(),
        ref.getName(),
        home,
        ref.getPort(),
        ref.getWeight());
  }

  static Backend of(BackendObjectReference ref, String home) {
    return of(
        ref.getGroup(), ref.getKind(), ref.getNamespace(), ref.getName(), home, ref.getPort(), 1);
  }

  private static Backend of(
      @Nullable String group,
      @Nullable String kind,
      @Nullable String namespace,
      String name,
      String home,
      @Nullable Integer port,
      @Nullable Integer weight) {
    return new Backend(
        new Reference(
            Objects.requireNonNullElse(group, ""),
            Objects.requireNonNullElse(kind, "Service"),
            Objects.requireNonNullElse(namespace, home),
            name),
        namespace != null,
        port == null ? 0 : port,
        weight == null ? 1 : weight);
  }

  /**
   * Where it leads. A backend that is not allowed, or of a kind that is none, leads to nothing; for
   * one that says too little or too much istiod drops the whole route.
   *
   * @param allowed true where its namespace is the route's, or a grant lets it in
   */
  Optional<Destination> destination(boolean allowed) {
    if (!allowed) {
      return Optional.of(nothing());
    }
    boolean named = to.group().equals(Reference.ISTIO) && to.kind().equals("Hostname");
    boolean imported = to.group().equals(MULTI_CLUSTER) && to.kind().equals("ServiceImport");
    if (!named && !imported && !to.isService()) {
      return Optional.of(nothing());
    }
    boolean wrong = named ? elsewhere : to.isService() && to.name().contains(".");
    if (wrong || port == 0) {
      return Optional.empty();
    }
    Destination destination = new Destination();
    destination.setHost(named ? to.name() : to.serviceHost());
    destination.setPort(new PortSelector((long) port));
    return Optional.of(destination);
  }

  private static Destination nothing() {
    Destination nothing = new Destination();
    nothing.setHost("");
    return nothing;
  }
}
