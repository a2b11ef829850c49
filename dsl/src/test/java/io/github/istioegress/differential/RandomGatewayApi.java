package io.github.istioegress.differential;

import static io.github.istioegress.differential.Yaml.list;
import static io.github.istioegress.differential.Yaml.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Gateway API's part of a random mesh: gateways that istiod starts or that are there, detours
 * of sidecars to them, and ways out of them, some with a mistake.
 */
final class RandomGatewayApi {

  private static final String ISTIO = "networking.istio.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io/v1";

  /** The version in which the definitions of the release to judge with serve the kind. */
  private static final String TCP_ROUTE =
      System.getProperty("differential.istioVersion", "1.31").equals("1.30")
          ? "gateway.networking.k8s.io/v1alpha2"
          : GATEWAY_API;

  private static final String ROOT = "istio-system";
  private static final List<String> NAMESPACES = List.of("app-a", "app-a", "team-c", "edge");
  private static final List<String> HOSTS =
      List.of(
          "edition.cnn.com",
          "api.example.org",
          "www.example.org",
          "mail.example.net",
          "a.b.example.org",
          "*.example.org");

  /** A Gateway: where it is, and what its listeners are. */
  private record Gateway(
      String namespace, String name, String service, List<Map<String, Object>> listeners) {}

  private final Dice dice;
  private final int mistakes;
  private final List<Map<String, Object>> documents;
  private final List<String> declared = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private int counter;

  RandomGatewayApi(Dice dice, int mistakes, List<Map<String, Object>> documents) {
    this.dice = dice;
    this.mistakes = mistakes;
    this.documents = documents;
    namespaces();
    int count = dice.between(1, 2);
    for (int i = 0; i < count; i++) {
      gateway();
    }
    int sentences = dice.between(1, 4);
    for (int i = 0; i < sentences; i++) {
      sentence();
    }
    if (dice.chance(25)) {
      policy(dice.of(gateways));
    }
  }

  /** The hosts that calls may go to. */
  List<String> declared() {
    return declared;
  }

  /** A Service of a gateway that istiod starts. */
  String service() {
    return dice.of(gateways).service();
  }

  private boolean mistake() {
    return dice.chance(mistakes);
  }

  private void add(String apiVersion, String kind, String namespace, String name, Object spec) {
    documents.add(
        RandomMesh.document(documents.size(), apiVersion, kind, namespace, name, "spec", spec));
  }

  private void namespaces() {
    for (String name : List.of("app-a", "team-c", "edge")) {
      if (dice.chance(60)) {
        documents.add(
            table(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                table("name", name, "labels", table("team", dice.oneOf("web", "data")))));
      }
    }
  }

  private void gateway() {
    boolean manual = dice.chance(20);
    String namespace = manual ? dice.oneOf(ROOT, "edge") : dice.of(NAMESPACES);
    String name = "out" + counter++;
    String there = namespace.equals(ROOT) ? "istio-egressgateway" : "edge";
    String service = (manual ? there : name + "-istio") + "." + namespace + ".svc.cluster.local";
    List<Map<String, Object>> listeners = new ArrayList<>();
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      listeners.add(listener("l" + i));
    }
    gateways.add(new Gateway(namespace, name, service, listeners));
    add(
        GATEWAY_API,
        "Gateway",
        namespace,
        name,
        table(
            "gatewayClassName",
            mistake() ? "other" : "istio",
            "addresses",
            manual
                ? list(
                    table(
                        "type",
                        "Hostname",
                        "value",
                        mistake() ? "gone." + namespace + ".svc.cluster.local" : service))
                : null,
            "listeners",
            listeners));
  }

  private Map<String, Object> listener(String name) {
    Map<String, Object> listener = table("name", name);
    String hostname = dice.chance(40) ? null : dice.of(HOSTS);
    switch (dice.below(5)) {
      case 0, 1 -> {
        listener.putAll(table("port", dice.oneOf(80, 80, 8080), "protocol", "HTTP"));
        listener.putAll(table("hostname", hostname));
      }
      case 2 ->
          listener.putAll(
              table(
                  "port",
                  443,
                  "protocol",
                  "TLS",
                  "hostname",
                  hostname,
                  "tls",
                  table("mode", "Passthrough")));
      case 3 ->
          listener.putAll(
              table(
                  "port",
                  dice.oneOf(443, 15443),
                  "protocol",
                  dice.oneOf("HTTPS", "HTTPS", "TLS"),
                  "hostname",
                  hostname,
                  "tls",
                  table(
                      "mode",
                      "Terminate",
                      "options",
                      table(
                          "gateway.istio.io/tls-terminate-mode",
                          dice.oneOf("ISTIO_MUTUAL", "ISTIO_MUTUAL", "ISTIO_SIMPLE")))));
      default -> listener.putAll(table("port", dice.oneOf(5432, 443), "protocol", "TCP"));
    }
    listener.putAll(table("allowedRoutes", allowed()));
    return listener;
  }

  private @Nullable Map<String, Object> allowed() {
    return switch (dice.below(6)) {
      case 0 -> null;
      case 1 -> table("namespaces", table("from", "Same"));
      case 2 ->
          table(
              "namespaces",
              table("from", "All"),
              "kinds",
              dice.chance(30) ? list(table("kind", dice.oneOf("HTTPRoute", "TCPRoute"))) : null);
      case 3 -> table("namespaces", table("from", "All"));
      case 4 ->
          selector(table("matchLabels", table("kubernetes.io/metadata.name", dice.of(NAMESPACES))));
      default ->
          selector(
              dice.chance(50)
                  ? table("matchLabels", table("team", "web"))
                  : table(
                      "matchExpressions",
                      list(
                          table(
                              "key",
                              "team",
                              "operator",
                              dice.oneOf("In", "NotIn"),
                              "values",
                              list("web")))));
    };
  }

  private static Map<String, Object> selector(Map<String, Object> selector) {
    return table("namespaces", table("from", "Selector", "selector", selector));
  }

  /** Who may pass a gateway. */
  private void policy(Gateway gateway) {
    Map<String, Object> spec = new RandomPolicies(dice, ROOT, NAMESPACES, HOSTS).spec();
    spec.remove("selector");
    spec.put(
        "targetRefs",
        list(
            table(
                "group", "gateway.networking.k8s.io", "kind", "Gateway", "name", gateway.name())));
    add(
        "security.istio.io/v1",
        "AuthorizationPolicy",
        gateway.namespace(),
        "gpolicy" + counter++,
        spec);
  }

  private void sentence() {
    Gateway gateway = dice.of(gateways);
    String namespace = dice.chance(70) ? gateway.namespace() : dice.of(NAMESPACES);
    String host = dice.of(HOSTS);
    declared.add(host);
    String entry = "gse" + counter++;
    String kind =
        dice.oneOf("HTTPRoute", "HTTPRoute", "HTTPRoute", "TLSRoute", "TCPRoute", "GRPCRoute");
    int port = isHttp(kind) ? 80 : kind.equals("TLSRoute") ? 443 : 5432;
    Map<String, Object> listener =
        mistake() || dice.chance(15)
            ? dice.of(gateway.listeners())
            : fitting(kind, host, gateway, namespace);
    List<Object> ports = list(port(port, protocol(kind)));
    if (isHttp(kind) && dice.chance(60)) {
      ports.add(port(443, dice.oneOf("TLS", "HTTPS")));
    }
    boolean wild = host.startsWith("*");
    add(
        ISTIO + "/v1",
        "ServiceEntry",
        namespace,
        entry,
        table(
            "hosts",
            dice.chance(10) && !kind.equals("TCPRoute") && !wild
                ? list(host, "more.example.net")
                : list(host),
            "addresses",
            kind.equals("TCPRoute") && dice.chance(70)
                ? list("10.9.0." + dice.between(1, 4))
                : null,
            "ports",
            ports,
            "resolution",
            wild ? "NONE" : "DNS",
            "exportTo",
            dice.chance(15) ? list(".") : null));
    if (!mistake()) {
      detour(kind, namespace, host, entry, gateway, port, listener);
    }
    if (!mistake()) {
      leave(kind, namespace, host, gateway, port, listener);
    }
    if (dice.chance(15)) {
      backendTls(namespace, entry, port, host);
    }
    if (dice.chance(20)) {
      rule(gateway, namespace, host);
    }
    if (dice.chance(20)) {
      classic(namespace, host, gateway, port);
    }
  }

  private static boolean isHttp(String kind) {
    return kind.equals("HTTPRoute") || kind.equals("GRPCRoute");
  }

  /** A listener that takes the route and the connections that sidecars open for it. */
  private Map<String, Object> fitting(String kind, String host, Gateway gateway, String namespace) {
    Map<String, Object> listener = table("name", "l" + gateway.listeners().size());
    String hostname = dice.chance(70) ? host : null;
    if (isHttp(kind) && dice.chance(60)) {
      listener.putAll(table("port", 80, "protocol", "HTTP", "hostname", hostname));
    } else if (isHttp(kind)) {
      int port = dice.oneOf(443, 15443);
      listener.putAll(
          table(
              "port",
              port,
              "protocol",
              "HTTPS",
              "hostname",
              host,
              "tls",
              table(
                  "mode",
                  "Terminate",
                  "options",
                  table("gateway.istio.io/tls-terminate-mode", "ISTIO_MUTUAL"))));
      hop(gateway, namespace, host, port, true);
    } else if (kind.equals("TLSRoute")) {
      listener.putAll(
          table(
              "port",
              443,
              "protocol",
              "TLS",
              "hostname",
              hostname,
              "tls",
              table("mode", "Passthrough")));
    } else {
      listener.putAll(table("port", 5432, "protocol", "TCP"));
    }
    Map<String, Object> allowed =
        dice.chance(60)
            ? table("namespaces", table("from", "All"))
            : selector(table("matchLabels", table("kubernetes.io/metadata.name", namespace)));
    listener.putAll(
        table(
            "allowedRoutes",
            namespace.equals(gateway.namespace()) && dice.chance(50) ? null : allowed));
    gateway.listeners().add(listener);
    return listener;
  }

  private static String protocol(String kind) {
    return switch (kind) {
      case "HTTPRoute" -> "HTTP";
      case "GRPCRoute" -> "GRPC";
      case "TLSRoute" -> "TLS";
      default -> "TCP";
    };
  }

  private static Map<String, Object> port(int number, String protocol) {
    return table("number", number, "name", "p" + number, "protocol", protocol);
  }

  /** Sidecars' calls to the host go to the gateway. */
  private void detour(
      String kind,
      String namespace,
      String host,
      String entry,
      Gateway gateway,
      int port,
      Map<String, Object> listener) {
    Map<String, Object> parent =
        mistake()
            ? table("group", "", "kind", "Service", "name", shortName(gateway))
            : table("group", ISTIO, "kind", "ServiceEntry", "name", entry);
    String home = namespace;
    if (dice.chance(15)) {
      home = dice.of(NAMESPACES);
      parent.put("namespace", namespace);
    }
    parent.putAll(table("port", dice.chance(30) ? port : null));
    Map<String, Object> backend =
        table(
            "name",
            shortName(gateway),
            "namespace",
            gateway.namespace().equals(home) ? null : gateway.namespace(),
            "port",
            mistake() ? 9999 : listener.get("port"));
    // A TLSRoute must say its hosts, wherever it holds.
    Object hostnames =
        kind.equals("TLSRoute") ? list(mistake() ? "elsewhere.example" : host) : null;
    route(kind, home, "detour" + counter++, list(parent), hostnames, list(backend));
  }

  private static String shortName(Gateway gateway) {
    return gateway.service().substring(0, gateway.service().indexOf('.'));
  }

  /** The gateway sends the host's calls out. */
  private void leave(
      String kind,
      String namespace,
      String host,
      Gateway gateway,
      int port,
      Map<String, Object> listener) {
    String home = dice.chance(75) ? gateway.namespace() : namespace;
    Map<String, Object> parent =
        table(
            "name",
            gateway.name(),
            "namespace",
            gateway.namespace().equals(home) ? null : gateway.namespace(),
            "sectionName",
            dice.chance(25) ? listener.get("name") : null,
            "port",
            dice.chance(15) ? listener.get("port") : null);
    Object hostnames =
        kind.equals("TCPRoute")
            ? null
            : dice.chance(15)
                ? kind.equals("TLSRoute") ? list("*.example.org") : null
                : list(mistake() ? "elsewhere.example" : host);
    List<Object> backends = list(outside(host, port, null));
    if (dice.chance(20)) {
      backends = list(outside(host, port, 3), outside(dice.of(HOSTS), port, dice.below(3)));
    }
    if (mistake()) {
      backends =
          list(
              dice.oneOf(
                  table("group", ISTIO, "kind", "ServiceEntry", "name", "gone", "port", port),
                  table("group", ISTIO, "kind", "Hostname", "name", host, "port", null),
                  table("name", "edge", "namespace", "edge", "port", 80),
                  table(
                      "name",
                      shortName(gateway),
                      "namespace",
                      gateway.namespace().equals(home) ? null : gateway.namespace(),
                      "port",
                      listener.get("port")),
                  outside(host, port, 0)));
      if (dice.chance(50)) {
        grant(kind, home);
      }
    }
    route(kind, home, "leave" + counter++, list(parent), hostnames, backends);
  }

  private void grant(String kind, String home) {
    add(
        "gateway.networking.k8s.io/v1beta1",
        "ReferenceGrant",
        "edge",
        "grant" + counter++,
        table(
            "from",
            list(table("group", "gateway.networking.k8s.io", "kind", kind, "namespace", home)),
            "to",
            list(table("group", "", "kind", "Service"))));
  }

  private static Map<String, Object> outside(String host, int port, @Nullable Integer weight) {
    return table("group", ISTIO, "kind", "Hostname", "name", host, "port", port, "weight", weight);
  }

  private void route(
      String kind,
      String namespace,
      String name,
      List<Object> parents,
      @Nullable Object hostnames,
      List<Object> backends) {
    List<Object> rules = new ArrayList<>();
    boolean http = kind.equals("HTTPRoute");
    if (kind.equals("GRPCRoute") && dice.chance(40)) {
      rules.add(
          table(
              "matches",
              list(
                  table(
                      "method",
                      dice.oneOf(
                          table("method", "politics"),
                          table("service", "pol", "method", "x"),
                          table("service", ".*", "type", "RegularExpression"))))));
    }
    if (http && dice.chance(30)) {
      rules.add(special(backends));
    }
    rules.add(
        table(
            "filters",
            (http || kind.equals("GRPCRoute")) && dice.chance(15)
                ? list(mirror(namespace, backends))
                : null,
            "backendRefs",
            backends,
            "timeouts",
            http && dice.chance(20) ? table("request", "5s") : null));
    if (http && dice.chance(20)) {
      rules.add(special(backends));
    }
    add(
        kind.equals("TCPRoute") ? TCP_ROUTE : GATEWAY_API,
        kind,
        namespace,
        name,
        table("parentRefs", parents, "hostnames", hostnames, "rules", rules));
  }

  /** A filter that copies requests: to a host, or to where requests go, too. */
  private Map<String, Object> mirror(String namespace, List<Object> backends) {
    Map<String, Object> to =
        new LinkedHashMap<>(
            dice.chance(60) || backends.isEmpty()
                ? outside(dice.of(HOSTS), dice.oneOf(80, 443), null)
                : copy(dice.of(backends)));
    to.remove("weight");
    if (dice.chance(10)) {
      to.put("namespace", namespace);
    }
    return table(
        "type",
        "RequestMirror",
        "requestMirror",
        table(
            "backendRef",
            to,
            "percent",
            dice.chance(40) ? dice.oneOf(0, 1, 42, 100) : null,
            "fraction",
            dice.chance(20)
                ? table("numerator", 1, "denominator", dice.chance(50) ? (Integer) 8 : null)
                : null));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> copy(Object backend) {
    return (Map<String, Object>) backend;
  }

  private Map<String, Object> special(List<Object> backends) {
    Map<String, Object> rule =
        table("matches", dice.chance(80) ? list(match()) : list(match(), match()));
    switch (dice.below(4)) {
      case 0 ->
          rule.put(
              "filters",
              list(
                  table(
                      "type",
                      "RequestRedirect",
                      "requestRedirect",
                      table(
                          "scheme",
                          "https",
                          "statusCode",
                          dice.chance(30) ? null : (Object) dice.oneOf(301, 302)))));
      case 1 -> {
        rule.put("backendRefs", backends);
        rule.put(
            "filters",
            list(
                table(
                    "type",
                    "URLRewrite",
                    "urlRewrite",
                    table("hostname", dice.of(HOSTS.subList(0, 5))))));
      }
      case 2 -> {
        // Without a backend the answer is an error.
      }
      default -> rule.put("backendRefs", backends);
    }
    return rule;
  }

  private Map<String, Object> match() {
    return switch (dice.below(6)) {
      case 0 ->
          table("path", table("type", "PathPrefix", "value", dice.oneOf("/pol", "/politics")));
      case 1 -> table("path", table("type", "Exact", "value", "/politics"));
      case 2 -> table("path", table("type", "RegularExpression", "value", "/pol.*"));
      case 3 -> table("method", dice.oneOf("GET", "POST"));
      case 4 -> table("headers", list(table("name", "x-team", "value", "web")));
      default ->
          table(
              "path",
              table("type", "PathPrefix", "value", "/"),
              "queryParams",
              list(table("name", "q", "value", "1")));
    };
  }

  /** TLS towards the gateway or towards the outside. */
  private void rule(Gateway gateway, String namespace, String host) {
    if (dice.chance(30)) {
      Object port = dice.of(gateway.listeners()).getOrDefault("port", 80);
      hop(gateway, namespace, host, port, dice.chance(80));
      return;
    }
    tls(
        dice.chance(60) ? namespace : gateway.namespace(),
        host,
        dice.oneOf(80, 443),
        table("mode", "SIMPLE", "sni", host.replace("*", "www")));
  }

  private void hop(Gateway gateway, String namespace, String host, Object port, boolean sni) {
    tls(
        dice.chance(60) ? namespace : gateway.namespace(),
        gateway.service(),
        port,
        table("mode", "ISTIO_MUTUAL", "sni", sni ? host.replace("*", "www") : null));
  }

  private void tls(String namespace, String host, Object port, Map<String, Object> tls) {
    add(
        ISTIO + "/v1",
        "DestinationRule",
        namespace,
        "gdr" + counter++,
        table(
            "host",
            host,
            "trafficPolicy",
            table("portLevelSettings", list(table("port", table("number", port), "tls", tls)))));
  }

  /** TLS to the host from whoever calls it. */
  private void backendTls(String namespace, String entry, int port, String host) {
    add(
        GATEWAY_API,
        "BackendTLSPolicy",
        namespace,
        "gtls" + counter++,
        table(
            "targetRefs",
            list(
                table(
                    "group",
                    ISTIO,
                    "kind",
                    "ServiceEntry",
                    "name",
                    mistake() ? "gone" : entry,
                    "sectionName",
                    dice.chance(50) ? "p" + dice.oneOf(port, 443) : null)),
            "validation",
            table("hostname", host.replace("*", "www"), "wellKnownCACertificates", "System")));
  }

  /** Istio's own route for the same host. */
  private void classic(String namespace, String host, Gateway gateway, int port) {
    add(
        ISTIO + "/v1",
        "VirtualService",
        dice.chance(70) ? namespace : dice.of(NAMESPACES),
        "gvs" + counter++,
        table(
            "hosts",
            list(host),
            "http",
            list(
                table(
                    "route",
                    list(
                        table(
                            "destination",
                            table(
                                "host",
                                dice.chance(50) ? host : gateway.service(),
                                "port",
                                table("number", port))))))));
  }
}
