package io.github.istioegress.trace;

import java.util.List;

/** Short words for manifests, and the patterns that most tests begin with. */
final class Manifests {

  private static final String ENTRY =
      """
      hosts: [HOST]
      ports:
      - {number: 80, name: http, protocol: HTTP}
      - {number: 443, name: https, protocol: HTTPS}
      resolution: DNS
      """;

  private static final String GATEWAY_RULE =
      """
      host: istio-egressgateway.istio-system.svc.cluster.local
      subsets: [{name: NAME}]
      """;

  private Manifests() {}

  /** A document of the networking API; its name is {@code namespace/name}. */
  static String document(String kind, String name, String spec) {
    String[] key = name.split("/", -1);
    return """
        apiVersion: networking.istio.io/v1
        kind: %s
        metadata:
          name: %s
          namespace: %s
        spec:
        %s"""
        .formatted(kind, key[1], key[0], spec.indent(2));
  }

  /** A document of the Gateway API. */
  static String gatewayApi(String kind, String name, String spec) {
    String version = kind.equals("ReferenceGrant") ? "v1beta1" : "v1";
    return document(kind, name, spec)
        .replace("networking.istio.io/v1\n", "gateway.networking.k8s.io/" + version + "\n");
  }

  static String serviceEntry(String name, String spec) {
    return document("ServiceEntry", name, spec);
  }

  static String virtualService(String name, String spec) {
    return document("VirtualService", name, spec);
  }

  static String destinationRule(String name, String spec) {
    return document("DestinationRule", name, spec);
  }

  static String gateway(String name, String spec) {
    return document("Gateway", name, spec);
  }

  static String sidecar(String namespace, String spec) {
    return document("Sidecar", namespace + "/default", spec);
  }

  static String authorizationPolicy(String name, String spec) {
    return changed(
        document("AuthorizationPolicy", name, spec),
        "networking.istio.io/v1",
        "security.istio.io/v1");
  }

  /** An entry with one port, resolved by DNS. */
  static String entry(String namespace, String host, int port, String protocol) {
    return serviceEntry(
        namespace + "/" + name(host) + "-" + port,
        """
        hosts: [%s]
        ports: [{number: %d, name: p, protocol: %s}]
        resolution: DNS
        """
            .formatted(quoted(host), port, protocol));
  }

  /** An entry with 80 and 443, as the patterns have it. */
  static String entry(String namespace, String host) {
    return serviceEntry(namespace + "/" + name(host), fill(ENTRY, host));
  }

  /** The documents, all created in this minute of one hour. */
  static String at(int minute, String documents) {
    return documents.replace(
        "\nmetadata:\n",
        "\nmetadata:\n  creationTimestamp: \"2026-01-01T00:%02d:00Z\"\n".formatted(minute));
  }

  static String join(String... documents) {
    return String.join("---\n", documents);
  }

  /** The same text with one detail changed, which must be there. */
  static String changed(String documents, String from, String to) {
    if (!documents.contains(from)) {
      throw new IllegalArgumentException("'" + from + "' is not in:\n" + documents);
    }
    return documents.replace(from, to);
  }

  /** The documents without the one of a kind. */
  static String without(String kind, String documents) {
    return join(
        List.of(documents.split("(?m)^---\n")).stream()
            .filter(document -> !document.contains("kind: " + kind + "\n"))
            .toArray(String[]::new));
  }

  /** HTTP through the egress gateway: app, sidecar :80, egress gateway :80, host :80. */
  static String httpThroughGateway(String namespace, String host) {
    String name = namespace + "/" + name(host);
    return join(
        entry(namespace, host),
        gateway(
            name,
            fill(
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 80, name: http, protocol: HTTP}
                  hosts: [HOST]
                """,
                host)),
        destinationRule(name, fill(GATEWAY_RULE, host)),
        virtualService(
            name,
            fill(
                """
                hosts: [HOST]
                gateways: [mesh, NAME]
                http:
                - match:
                  - {gateways: [mesh], port: 80}
                  route:
                  - destination:
                      host: istio-egressgateway.istio-system.svc.cluster.local
                      subset: NAME
                      port: {number: 80}
                - match:
                  - {gateways: [NAME], port: 80}
                  route:
                  - destination: {host: HOST, port: {number: 80}}
                """,
                host)));
  }

  /** The application's own TLS through the egress gateway, unopened, by its SNI. */
  static String tlsThroughGateway(String namespace, String host) {
    String name = namespace + "/" + name(host);
    return join(
        entry(namespace, host),
        gateway(
            name,
            fill(
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 443, name: tls, protocol: TLS}
                  tls: {mode: PASSTHROUGH}
                  hosts: [HOST]
                """,
                host)),
        destinationRule(name, fill(GATEWAY_RULE, host)),
        virtualService(
            name,
            fill(
                """
                hosts: [HOST]
                gateways: [mesh, NAME]
                tls:
                - match:
                  - {gateways: [mesh], port: 443, sniHosts: [HOST]}
                  route:
                  - destination:
                      host: istio-egressgateway.istio-system.svc.cluster.local
                      subset: NAME
                      port: {number: 443}
                - match:
                  - {gateways: [NAME], port: 443, sniHosts: [HOST]}
                  route:
                  - destination: {host: HOST, port: {number: 443}}
                """,
                host)));
  }

  /** Plain HTTP by mesh mutual TLS to the egress gateway, which begins TLS to the host. */
  static String originationAtGateway(String namespace, String host) {
    String name = namespace + "/" + name(host);
    return join(
        entry(namespace, host),
        gateway(
            name,
            fill(
                """
                selector: {istio: egressgateway}
                servers:
                - port: {number: 443, name: mesh, protocol: HTTPS}
                  tls: {mode: ISTIO_MUTUAL}
                  hosts: [HOST]
                """,
                host)),
        destinationRule(
            name,
            fill(
                """
                host: istio-egressgateway.istio-system.svc.cluster.local
                subsets:
                - name: NAME
                  trafficPolicy:
                    portLevelSettings:
                    - port: {number: 443}
                      tls: {mode: ISTIO_MUTUAL, sni: HOST}
                """,
                host)),
        virtualService(
            name,
            fill(
                """
                hosts: [HOST]
                gateways: [mesh, NAME]
                http:
                - match:
                  - {gateways: [mesh], port: 80}
                  route:
                  - destination:
                      host: istio-egressgateway.istio-system.svc.cluster.local
                      subset: NAME
                      port: {number: 443}
                - match:
                  - {gateways: [NAME], port: 443}
                  route:
                  - destination: {host: HOST, port: {number: 443}}
                """,
                host)),
        destinationRule(
            "istio-system/" + name(host) + "-tls",
            fill(
                """
                host: HOST
                trafficPolicy:
                  portLevelSettings:
                  - port: {number: 443}
                    tls: {mode: SIMPLE, sni: HOST}
                """,
                host)));
  }

  private static String fill(String spec, String host) {
    return spec.replace("HOST", quoted(host)).replace("NAME", name(host));
  }

  private static String quoted(String host) {
    return host.startsWith("*") ? "\"" + host + "\"" : host;
  }

  private static String name(String host) {
    return host.replace("*.", "any-").replace('.', '-').toLowerCase(java.util.Locale.ROOT);
  }
}
