package io.github.istioegress.trace.envoy;

import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.trace.registry.Decision;
import io.github.istioegress.trace.registry.Metadata;
import io.github.istioegress.trace.registry.Protocol;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of a Gateway resource.
 *
 * @param resource the Gateway
 * @param index its place in the Gateway
 * @param server what is said of it
 * @param gateway the Gateway as {@code namespace/name}
 * @param hosts its hosts, with or without the namespace they are for
 */
public record GatewayServer(
    Resource resource, int index, Server server, String gateway, List<String> hosts) {

  private static final String MESH_CERTIFICATE = "builtin://";

  /** Reads a server. */
  public static GatewayServer of(Resource resource, int index, Server server) {
    String namespace = Metadata.namespace(resource.object());
    List<String> hosts =
        server.getHosts().stream().map(host -> sanitized(host, namespace)).toList();
    return new GatewayServer(
        resource, index, server, Metadata.namespacedName(resource.object()), hosts);
  }

  private static String sanitized(String host, String namespace) {
    int slash = host.indexOf('/');
    if (slash < 0) {
      return host;
    }
    String prefix = host.substring(0, slash);
    String name = host.substring(slash + 1);
    return switch (prefix) {
      case "." -> namespace + "/" + name;
      case "*" -> name;
      default -> host;
    };
  }

  /** The number of its port; 0 where none is said. */
  public int number() {
    return server.getPort() == null ? 0 : Metadata.number(server.getPort().getNumber());
  }

  /** The protocol of its port, as written; empty where none is said. */
  public String protocolWord() {
    return server.getPort() == null
        ? ""
        : Objects.requireNonNullElse(server.getPort().getProtocol(), "");
  }

  /** The protocol of its port. */
  public Protocol protocol() {
    return Protocol.parse(protocolWord());
  }

  String bind() {
    return Objects.requireNonNullElse(server.getBind(), "");
  }

  /** The TLS mode; settings without one mean PASSTHROUGH. */
  public Optional<ServerTLSSettingsTLSmode> tlsMode() {
    return Optional.ofNullable(server.getTls())
        .map(
            tls -> Objects.requireNonNullElse(tls.getMode(), ServerTLSSettingsTLSmode.PASSTHROUGH));
  }

  /** True where TLS goes on as it comes. */
  public boolean passesThrough() {
    return tlsMode()
        .filter(
            mode ->
                mode == ServerTLSSettingsTLSmode.PASSTHROUGH
                    || mode == ServerTLSSettingsTLSmode.AUTO_PASSTHROUGH)
        .isPresent();
  }

  /** True where TLS comes in, ended here or not; a redirect to HTTPS does not count. */
  boolean isTls() {
    return tlsMode().isPresent() && !protocol().isHttp();
  }

  /** True where HTTP is read, from plaintext or from TLS ended here. */
  public boolean readsHttp() {
    return protocol().isHttp() || (protocol() == Protocol.HTTPS && !passesThrough());
  }

  /** The name of its routes; empty for a server of bytes. */
  String routeConfig(int resolvedPort) {
    String suffix = bind().isEmpty() ? "" : "." + bind();
    if (protocol().isHttp()) {
      return "http." + resolvedPort + suffix;
    }
    if (protocol() == Protocol.HTTPS && !passesThrough()) {
      String portName = server.getPort() == null ? "" : server.getPort().getName();
      String[] key = gateway.split("/", -1);
      return "https." + number() + "." + portName + "." + key[1] + "." + key[0] + suffix;
    }
    return "";
  }

  /** How it ends TLS; a certificate of the mesh in an ordinary session is a mode of its own. */
  Optional<String> terminates() {
    boolean ofMesh = MESH_CERTIFICATE.equals(credentialName());
    return tlsMode().map(mode -> ofMesh ? "ISTIO_SIMPLE" : mode.name());
  }

  private @Nullable String credentialName() {
    return server.getTls() == null ? null : server.getTls().getCredentialName();
  }

  /** The SNIs for which it ends TLS. */
  List<String> serverNames() {
    return hosts.stream()
        .map(host -> host.substring(host.indexOf('/') + 1))
        .distinct()
        .sorted()
        .toList();
  }

  /** Its hosts that routes of a namespace may bind to. */
  List<String> hostsFor(String namespace) {
    return hosts.stream()
        .filter(host -> !host.contains("/") || host.startsWith(namespace + "/"))
        .map(host -> host.substring(host.indexOf('/') + 1))
        .toList();
  }

  Decision decision() {
    return Decision.of(resource, "spec.servers[" + index + "]");
  }
}
