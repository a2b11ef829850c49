package io.github.istioegress.trace.gatewayapi;

import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.networking.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.AllowedRoutes;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerTLSConfig;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SecretObjectReference;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Derived;
import io.github.istioegress.trace.registry.GatewaySelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What istiod makes of a Gateway's listeners: a Gateway of Istio's for each, with one server. */
final class Listeners {

  private static final String TERMINATE_MODE = "gateway.istio.io/tls-terminate-mode";
  private static final int MOST_CERTIFICATES = 2;

  private final Resource resource;
  private final Gateway gateway;
  private final Namespaces namespaces;
  private final ReferenceGrants grants;
  private final IstioVersion version;

  Listeners(
      Resource resource, Namespaces namespaces, ReferenceGrants grants, IstioVersion version) {
    this.resource = resource;
    this.gateway = (Gateway) resource.object();
    this.namespaces = namespaces;
    this.grants = grants;
    this.version = version;
  }

  /** The listeners that routes can attach to; of two that conflict the first stands. */
  List<Parent> parents() {
    List<Parent> parents = new ArrayList<>();
    List<Listener> listeners = gateway.getSpec().getListeners();
    for (int i = 0; i < listeners.size(); i++) {
      Listener listener = listeners.get(i);
      boolean conflicts = parents.stream().anyMatch(p -> !distinct(p.listener(), listener));
      if (!conflicts) {
        parents.add(new Parent(resource, i, listener, hosts(listener), kinds(listener)));
      }
    }
    return parents;
  }

  private static boolean distinct(Listener one, Listener other) {
    if (!Objects.equals(one.getPort(), other.getPort())) {
      return true;
    }
    boolean bytes = isBytes(one.getProtocol());
    if (bytes || isBytes(other.getProtocol())) {
      return false;
    }
    return !anyIfEmpty(one.getHostname()).equals(anyIfEmpty(other.getHostname()));
  }

  private static boolean isBytes(@org.jspecify.annotations.Nullable String protocol) {
    return "TCP".equals(protocol) || "UDP".equals(protocol);
  }

  private static String anyIfEmpty(@org.jspecify.annotations.Nullable String hostname) {
    return hostname == null || hostname.isEmpty() ? "*" : hostname;
  }

  private List<String> hosts(Listener listener) {
    String hostname = Objects.requireNonNullElse(listener.getHostname(), "*");
    List<String> from = namespaces(listener.getAllowedRoutes());
    // Istio knows no empty list; a namespace that nobody has stands for none.
    return (from.isEmpty() ? List.of("~") : from)
        .stream().map(namespace -> namespace + "/" + hostname).toList();
  }

  private List<String> namespaces(@org.jspecify.annotations.Nullable AllowedRoutes allowed) {
    String own = resource.key().namespace();
    if (allowed == null || allowed.getNamespaces() == null) {
      return List.of(own);
    }
    return switch (Objects.requireNonNullElse(allowed.getNamespaces().getFrom(), "Same")) {
      case "Same" -> List.of(own);
      case "Selector" ->
          allowed.getNamespaces().getSelector() == null
              ? List.of("*")
              : namespaces.matching(allowed.getNamespaces().getSelector());
      default -> List.of("*");
    };
  }

  private static Set<String> kinds(Listener listener) {
    boolean ends = listener.getTls() != null && !"Passthrough".equals(listener.getTls().getMode());
    Set<String> supported =
        switch (Objects.requireNonNullElse(listener.getProtocol(), "")) {
          case "HTTP", "HTTPS" -> Set.of("HTTPRoute", "GRPCRoute");
          case "TCP" -> Set.of("TCPRoute");
          case "TLS" -> ends ? Set.of("TLSRoute", "TCPRoute") : Set.of("TLSRoute");
          default -> Set.of();
        };
    if (listener.getAllowedRoutes() == null || listener.getAllowedRoutes().getKinds().isEmpty()) {
      return supported;
    }
    Set<String> allowed =
        listener.getAllowedRoutes().getKinds().stream()
            .filter(kind -> Reference.GATEWAY_API.equals(group(kind)))
            .map(RouteGroupKind::getKind)
            .collect(Collectors.toSet());
    return supported.stream().filter(allowed::contains).collect(Collectors.toSet());
  }

  private static String group(RouteGroupKind kind) {
    return Objects.requireNonNullElse(kind.getGroup(), Reference.GATEWAY_API);
  }

  /**
   * Istio's Gateway for a listener; nothing for one that istiod cannot program.
   *
   * @param services the Services whose pods are to open it
   */
  Optional<Resource> server(Parent parent, List<String> services) {
    Optional<ServerTLSSettings> tls = tls(parent.listener().getTls());
    if (!isProgrammed(parent, tls)) {
      return Optional.empty();
    }
    io.fabric8.istio.api.networking.v1.Gateway made =
        new GatewayBuilder()
            .withNewMetadata()
            .withName(parent.gatewayName())
            .withNamespace(resource.key().namespace())
            .withCreationTimestamp(gateway.getMetadata().getCreationTimestamp())
            .withAnnotations(Map.of(GatewaySelection.SERVICES, String.join(",", services)))
            .endMetadata()
            .withNewSpec()
            .addNewServer()
            .withNewPort()
            .withName("default")
            .withNumber((long) parent.port())
            .withProtocol(parent.protocol())
            .endPort()
            .withHosts(parent.hosts())
            .withTls(tls.orElse(null))
            .endServer()
            .endSpec()
            .build();
    String path = "spec.listeners[" + parent.index() + "]";
    return Optional.of(
        new Resource(
            made, Derived.from(resource, "spec").with("spec", Decision.of(resource, path))));
  }

  private boolean isProgrammed(Parent parent, Optional<ServerTLSSettings> tls) {
    boolean wantsTls = parent.protocol().equals("HTTPS") || parent.protocol().equals("TLS");
    boolean known =
        switch (parent.protocol()) {
          case "HTTP", "HTTPS", "TLS" -> true;
          case "TCP" -> version.atLeast(IstioVersion.V1_31);
          default -> false;
        };
    ListenerTLSConfig said = parent.listener().getTls();
    return known && (tls.isPresent() || !wantsTls) && (said == null || hasCertificate(said));
  }

  /** A certificate that is referred to must be of the own namespace, or granted. */
  private boolean hasCertificate(ListenerTLSConfig tls) {
    boolean ofMesh =
        tls.getOptions() != null
            && Set.of("ISTIO_MUTUAL", "ISTIO_SIMPLE")
                .contains(tls.getOptions().getOrDefault(TERMINATE_MODE, ""));
    List<SecretObjectReference> refs = tls.getCertificateRefs();
    if (ofMesh || refs.isEmpty() || "Passthrough".equals(tls.getMode())) {
      return true;
    }
    return refs.size() <= MOST_CERTIFICATES
        && refs.stream().anyMatch(ref -> isAllowed(ref, resource.key().namespace()));
  }

  private boolean isAllowed(SecretObjectReference ref, String home) {
    Reference to =
        new Reference(
            Objects.requireNonNullElse(ref.getGroup(), ""),
            Objects.requireNonNullElse(ref.getKind(), "Secret"),
            Objects.requireNonNullElse(ref.getNamespace(), home),
            ref.getName());
    boolean secret = to.group().isEmpty() && to.kind().equals("Secret");
    return secret && (to.namespace().equals(home) || grants.allow("Gateway", home, to));
  }

  private static Optional<ServerTLSSettings> tls(
      @org.jspecify.annotations.Nullable ListenerTLSConfig tls) {
    if (tls == null) {
      return Optional.empty();
    }
    ServerTLSSettings made = new ServerTLSSettings();
    String option =
        tls.getOptions() == null ? "" : tls.getOptions().getOrDefault(TERMINATE_MODE, "");
    if ("Passthrough".equals(tls.getMode())) {
      made.setMode(ServerTLSSettingsTLSmode.PASSTHROUGH);
      return Optional.of(made);
    }
    made.setMode(
        switch (option) {
          case "ISTIO_MUTUAL" -> ServerTLSSettingsTLSmode.ISTIO_MUTUAL;
          case "MUTUAL" -> ServerTLSSettingsTLSmode.MUTUAL;
          case "OPTIONAL_MUTUAL" -> ServerTLSSettingsTLSmode.OPTIONAL_MUTUAL;
          default -> ServerTLSSettingsTLSmode.SIMPLE;
        });
    if (option.equals("ISTIO_SIMPLE")) {
      made.setCredentialName("builtin://");
    }
    return Optional.of(made);
  }
}
