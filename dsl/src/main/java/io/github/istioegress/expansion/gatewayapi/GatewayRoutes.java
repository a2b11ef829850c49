package io.github.istioegress.expansion.gatewayapi;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilterBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TCPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteBuilder;
import io.github.istioegress.expansion.names.ResourceNames;
import io.github.istioegress.expansion.settings.Durations;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.Mirror;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The two routes of a sentence: the callers' leg hangs on the ServiceEntry and leads to the
 * gateway's Service, the gateway's leg hangs on the listener and leads to the host.
 */
final class GatewayRoutes {

  private static final String ISTIO = "networking.istio.io";
  private static final int ALL = 100;

  private final String namespace;
  private final HostEgress host;
  private final EgressIntent intent;
  private final EgressGateway gateway;

  /**
   * Prepares the routes.
   *
   * @param namespace the callers' namespace, in which both lie
   * @param host all that it says of the host
   * @param intent the sentence
   */
  GatewayRoutes(String namespace, HostEgress host, EgressIntent intent) {
    this.namespace = namespace;
    this.host = host;
    this.intent = intent;
    this.gateway = intent.path().gateway().orElseThrow();
  }

  List<HasMetadata> both() {
    String base = ResourceNames.of(host);
    String name = gateway.gatewayName();
    int port = intent.port().number();
    return List.of(
        route(
            ResourceNames.routeTo(name, base, port),
            ofCallers(base),
            List.of(),
            toGateway(),
            intent.policy().timeout(),
            List.of()),
        route(
            ResourceNames.routeFrom(name, base, port),
            ofGateway(),
            List.of(intent.host().name()),
            toHost(intent.target(), intent.port().number()),
            Optional.empty(),
            intent.policy().mirrors().stream().map(GatewayRoutes::filter).toList()));
  }

  private ParentReference ofCallers(String entry) {
    return new ParentReferenceBuilder()
        .withGroup(ISTIO)
        .withKind("ServiceEntry")
        .withName(entry)
        .withPort(intent.port().number())
        .build();
  }

  private ParentReference ofGateway() {
    return new ParentReferenceBuilder()
        .withNamespace(beside() ? null : gateway.namespace())
        .withName(gateway.gatewayName())
        .withSectionName(Listeners.name(intent))
        .build();
  }

  /** True where the gateway lies in the callers' namespace, which then goes without saying. */
  private boolean beside() {
    return gateway.namespace().equals(namespace);
  }

  private BackendRef toGateway() {
    return new BackendRefBuilder()
        .withNamespace(beside() ? null : gateway.namespace())
        .withName(gateway.name())
        .withPort(intent.port().number())
        .build();
  }

  /** Istio's word for what only its registry knows; a ServiceEntry itself is no backend. */
  private static BackendRef toHost(ExternalHost host, int port) {
    return new BackendRefBuilder()
        .withGroup(ISTIO)
        .withKind("Hostname")
        .withName(host.name())
        .withPort(port)
        .build();
  }

  /** Copies leave where the request leaves; without a share all requests are copied. */
  private static HTTPRouteFilter filter(Mirror mirror) {
    BackendRef to = toHost(mirror.to().host(), mirror.to().port().number());
    return new HTTPRouteFilterBuilder()
        .withType("RequestMirror")
        .withNewRequestMirror()
        .withNewBackendRef()
        .withGroup(to.getGroup())
        .withKind(to.getKind())
        .withName(to.getName())
        .withPort(to.getPort())
        .endBackendRef()
        .withPercent(mirror.percent() == ALL ? null : mirror.percent())
        .endRequestMirror()
        .build();
  }

  private HasMetadata route(
      String name,
      ParentReference parent,
      List<String> hostnames,
      BackendRef backend,
      Optional<Duration> timeout,
      List<HTTPRouteFilter> filters) {
    ObjectMeta metadata = new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    return switch (intent.port().protocol()) {
      case HTTP, HTTP2, GRPC -> http(metadata, parent, hostnames, backend, timeout, filters);
      case TLS ->
          new TLSRouteBuilder()
              .withMetadata(metadata)
              .withNewSpec()
              .withParentRefs(parent)
              // A TLSRoute says its hosts on both legs.
              .withHostnames(intent.host().name())
              .addNewRule()
              .withBackendRefs(backend)
              .endRule()
              .endSpec()
              .build();
      case TCP ->
          new TCPRouteBuilder()
              .withMetadata(metadata)
              .withNewSpec()
              .withParentRefs(parent)
              .addNewRule()
              .withBackendRefs(backend)
              .endRule()
              .endSpec()
              .build();
    };
  }

  private static HasMetadata http(
      ObjectMeta metadata,
      ParentReference parent,
      List<String> hostnames,
      BackendRef to,
      Optional<Duration> timeout,
      List<HTTPRouteFilter> filters) {
    HTTPRouteRuleBuilder rule =
        new HTTPRouteRuleBuilder()
            .withFilters(filters)
            .withBackendRefs(
                new HTTPBackendRefBuilder()
                    .withGroup(to.getGroup())
                    .withKind(to.getKind())
                    .withNamespace(to.getNamespace())
                    .withName(to.getName())
                    .withPort(to.getPort())
                    .build());
    timeout.ifPresent(
        time -> rule.withNewTimeouts().withRequest(Durations.text(time)).endTimeouts());
    return new HTTPRouteBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withParentRefs(parent)
        .withHostnames(hostnames)
        .withRules(rule.build())
        .endSpec()
        .build();
  }
}
