package io.github.istioegress.analysis.protocol;

import io.fabric8.istio.api.api.networking.v1alpha3.Gateway;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.envoy.GatewayServer;
import io.github.istioegress.trace.registry.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server of a Gateway.
 *
 * @param gateway the Gateway
 * @param index its place among the servers
 * @param server what is said of it
 */
record OpenServer(Manifest<Gateway> gateway, int index, Server server) {

  /** The routes that a server takes: the field of a VirtualService that holds them. */
  enum Kind {
    /** Requests. */
    HTTP("http"),
    /** TLS that is passed on by its SNI. */
    TLS("tls"),
    /** Bytes. */
    TCP("tcp");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  /** All servers of a Gateway. */
  static List<OpenServer> of(Manifest<Gateway> gateway) {
    List<OpenServer> servers = new ArrayList<>();
    for (int i = 0; i < gateway.spec().getServers().size(); i++) {
      servers.add(new OpenServer(gateway, i, gateway.spec().getServers().get(i)));
    }
    return servers;
  }

  /** All servers of a set. */
  static List<OpenServer> of(AnalysisContext context) {
    return context.gateways().stream().flatMap(gateway -> of(gateway).stream()).toList();
  }

  /** It as the proxies read it. */
  private GatewayServer read() {
    return GatewayServer.of(gateway.resource(), index, server);
  }

  int number() {
    return read().number();
  }

  Protocol protocol() {
    return read().protocol();
  }

  /** The mode of its TLS; settings without one pass TLS through. */
  Optional<ServerTLSSettingsTLSmode> mode() {
    return read().tlsMode();
  }

  boolean passesThrough() {
    return read().passesThrough();
  }

  /** True where TLS ends here. */
  boolean endsTls() {
    return mode().isPresent() && !passesThrough() && !protocol().isHttp();
  }

  Kind kind() {
    if (read().readsHttp()) {
      return Kind.HTTP;
    }
    return passesThrough() ? Kind.TLS : Kind.TCP;
  }

  /** Its hosts without the namespaces that they are for. */
  List<String> names() {
    return server.getHosts().stream().map(host -> host.substring(host.indexOf('/') + 1)).toList();
  }

  /** True where a connection that asks for this server name comes to it. */
  boolean takes(String sni) {
    return names().stream().anyMatch(name -> name.equals("*") || HostMatch.covered(sni, name));
  }

  String path() {
    return "spec.servers[" + index + "]";
  }

  /** What it is, in words: {@code protocol HTTPS, ISTIO_MUTUAL}. */
  String words() {
    return "protocol "
        + read().protocolWord()
        + mode().map(mode -> ", tls.mode " + mode).orElse("");
  }
}
