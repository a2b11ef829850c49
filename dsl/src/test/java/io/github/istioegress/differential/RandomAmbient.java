package io.github.istioegress.differential;

import static io.github.istioegress.differential.Yaml.list;
import static io.github.istioegress.differential.Yaml.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random mesh whose pods are in ambient mode, most of them: hosts that are bound to a waypoint,
 * or not quite, and what the waypoint makes of them.
 */
final class RandomAmbient {

  private static final String ROOT = "istio-system";
  private static final String ISTIO = "networking.istio.io";
  private static final String GATEWAY_API = "gateway.networking.k8s.io";
  private static final List<String> NAMESPACES =
      List.of("egress", "egress", "egress", "shop", "web");
  private static final List<String> HOSTS =
      List.of(
          "edition.cnn.com",
          "api.example.org",
          "www.example.org",
          "mail.example.net",
          "*.example.org",
          "Mixed.Example.org");

  /** A host in an entry of a namespace. */
  private record Entry(String namespace, String name, String host, List<Integer> ports) {}

  private final Dice dice;
  private final int mistakes;
  private final List<Map<String, Object>> documents = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private int counter;

  RandomAmbient(long seed) {
    this.dice = new Dice(seed);
    this.mistakes = dice.oneOf(0, 0, 4, 8, 15, 25);
    build();
  }

  List<Map<String, Object>> documents() {
    return documents;
  }

  private boolean mistake() {
    return dice.chance(mistakes);
  }

  private void add(String apiVersion, String kind, String namespace, String name, Object spec) {
    documents.add(
        RandomMesh.document(documents.size(), apiVersion, kind, namespace, name, "spec", spec));
  }

  private static void label(Map<String, Object> document, Map<String, Object> labels) {
    @SuppressWarnings("unchecked")
    Map<String, Object> metadata = (Map<String, Object>) document.get("metadata");
    if (metadata != null && !labels.isEmpty()) {
      metadata.put("labels", labels);
    }
  }

  private void build() {
    documents.add(
        RandomMesh.document(
            0,
            "v1",
            "ConfigMap",
            ROOT,
            "istio",
            "data",
            table(
                "mesh",
                "outboundTrafficPolicy:\n  mode: "
                    + dice.oneOf("REGISTRY_ONLY", "ALLOW_ANY")
                    + "\n")));
    namespace("shop", dice.chance(90), dice.chance(15));
    namespace("web", dice.chance(50), dice.chance(15));
    namespace("egress", dice.chance(60), dice.chance(92));
    waypoint("egress", "edge");
    if (dice.chance(30)) {
      waypoint(dice.oneOf("shop", "web"), "local");
    }
    for (int i = dice.between(1, 5); i > 0; i--) {
      entry();
    }
    for (int i = dice.below(4); i > 0; i--) {
      rule();
    }
    for (int i = dice.below(3); i > 0; i--) {
      route();
    }
    for (int i = dice.below(3); i > 0; i--) {
      policy();
    }
  }

  private void namespace(String name, boolean ambient, boolean bound) {
    Map<String, Object> labels = table("team", dice.oneOf("web", "data"));
    if (ambient) {
      labels.put("istio.io/dataplane-mode", "ambient");
    }
    if (mistake()) {
      labels.put("istio-injection", "enabled");
    }
    if (bound) {
      labels.put("istio.io/use-waypoint", mistake() ? dice.oneOf("local", "none") : "edge");
      if (!name.equals("egress") && dice.chance(70)) {
        labels.put("istio.io/use-waypoint-namespace", "egress");
      }
    }
    documents.add(
        table(
            "apiVersion",
            "v1",
            "kind",
            "Namespace",
            "metadata",
            table("name", name, "labels", labels)));
  }

  private void waypoint(String namespace, String name) {
    add(
        GATEWAY_API + "/v1",
        "Gateway",
        namespace,
        name,
        table(
            "gatewayClassName",
            mistake() ? "other" : "istio-waypoint",
            "listeners",
            list(
                table(
                    "name",
                    "mesh",
                    "port",
                    15008,
                    "protocol",
                    "HBONE",
                    "allowedRoutes",
                    allowed()))));
    label(
        documents.get(documents.size() - 1),
        dice.chance(70)
            ? table("istio.io/waypoint-for", mistake() ? dice.oneOf("workload", "none") : "service")
            : dice.chance(20) ? table("istio.io/waypoint-for", "all") : table());
  }

  private @Nullable Map<String, Object> allowed() {
    return switch (dice.below(9)) {
      case 0 -> null;
      case 1 -> table("namespaces", table("from", "Same"));
      case 2 ->
          table(
              "namespaces",
              table(
                  "from",
                  "Selector",
                  "selector",
                  table("matchLabels", table("team", dice.oneOf("web", "data")))));
      default -> table("namespaces", table("from", "All"));
    };
  }

  private void entry() {
    String namespace = dice.of(NAMESPACES);
    String host = dice.of(HOSTS);
    if (!taken.add(namespace + "/" + host)) {
      return;
    }
    boolean wild = host.startsWith("*");
    String resolution =
        wild
            ? dice.oneOf("NONE", "DYNAMIC_DNS", "DYNAMIC_DNS", "STATIC")
            : dice.oneOf("DNS", "DNS", "DNS", "STATIC", "NONE", "DNS_ROUND_ROBIN");
    boolean dynamic = resolution.equals("DYNAMIC_DNS");
    List<Object> ports = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int number : List.of(80, 443, 8080, 9000)) {
      if (dice.chance(number < 1000 ? 75 : 30)) {
        numbers.add(number);
        ports.add(port(number, dynamic));
      }
    }
    if (ports.isEmpty()) {
      return;
    }
    String name = "se" + counter++;
    entries.add(new Entry(namespace, name, host, numbers));
    String address = "10.9.0." + dice.between(1, 5);
    boolean fixed = !dynamic && dice.chance(25);
    String endpoint = fixed && dice.chance(40) ? address : "10.8.0." + dice.between(1, 5);
    add(
        ISTIO + "/v1",
        "ServiceEntry",
        namespace,
        name,
        table(
            "hosts",
            list(host),
            "addresses",
            fixed
                ? list(resolution.equals("NONE") && dice.chance(50) ? "10.9.0.0/24" : address)
                : null,
            "ports",
            ports,
            "resolution",
            resolution,
            "endpoints",
            resolution.equals("STATIC") && !mistake() ? list(table("address", endpoint)) : null,
            "exportTo",
            dice.chance(25) ? list(dice.oneOf(".", "*", "shop", "egress")) : null));
    Map<String, Object> labels = table();
    if (dice.chance(25)) {
      labels.put("istio.io/use-waypoint", mistake() ? "gone" : dice.oneOf("edge", "edge", "none"));
      if (dice.chance(60)) {
        labels.put("istio.io/use-waypoint-namespace", "egress");
      }
    }
    if (dice.chance(5)) {
      labels.put("networking.istio.io/enable-autoallocate-ip", "false");
    }
    label(documents.get(documents.size() - 1), labels);
  }

  private Map<String, Object> port(int number, boolean dynamic) {
    String protocol =
        switch (number) {
          case 80 -> dice.oneOf("HTTP", "HTTP", "HTTP", "HTTP2", "GRPC", "");
          case 443 -> dice.oneOf("TLS", "TLS", "HTTPS", "TCP");
          default -> dice.oneOf("HTTP", "TCP", "TLS", "");
        };
    if (dynamic && !List.of("HTTP", "TLS", "GRPC", "HTTP2").contains(protocol)) {
      protocol = number == 443 ? "TLS" : "HTTP";
    }
    return table(
        "number",
        number,
        "name",
        "p" + number,
        "protocol",
        protocol.isEmpty() ? null : protocol,
        "targetPort",
        number == 80 && dice.chance(30) ? 443 : null);
  }

  private @Nullable Entry some() {
    return entries.isEmpty() ? null : dice.of(entries);
  }

  private void rule() {
    Entry entry = some();
    if (entry == null) {
      return;
    }
    String mode = dice.oneOf("SIMPLE", "SIMPLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL", "DISABLE");
    Map<String, Object> tls =
        table(
            "mode",
            mode,
            "sni",
            dice.chance(50) && !mode.equals("DISABLE") ? entry.host().replace("*", "any") : null,
            "credentialName",
            mode.equals("MUTUAL") || (mode.equals("SIMPLE") && dice.chance(10)) ? "secret" : null);
    Map<String, Object> policy =
        dice.chance(60)
            ? table(
                "portLevelSettings",
                list(table("port", table("number", dice.of(entry.ports())), "tls", tls)))
            : table("tls", tls);
    add(
        ISTIO + "/v1",
        "DestinationRule",
        dice.chance(60) ? entry.namespace() : dice.oneOf("egress", "shop", ROOT),
        "dr" + counter++,
        table(
            "host",
            entry.host(),
            "trafficPolicy",
            policy,
            "workloadSelector",
            dice.chance(10) ? table("matchLabels", table("app", "sleep")) : null,
            "subsets",
            dice.chance(20) ? list(table("name", "sub")) : null));
  }

  private void route() {
    Entry entry = some();
    if (entry == null) {
      return;
    }
    String namespace = dice.chance(75) ? entry.namespace() : dice.oneOf("egress", "shop", "web");
    if (dice.chance(50)) {
      add(
          GATEWAY_API + "/v1",
          "HTTPRoute",
          namespace,
          "hr" + counter++,
          table(
              "parentRefs",
              list(
                  table(
                      "group",
                      ISTIO,
                      "kind",
                      "ServiceEntry",
                      "name",
                      entry.name(),
                      "namespace",
                      namespace.equals(entry.namespace()) ? null : entry.namespace())),
              "rules",
              list(
                  table(
                      "matches",
                      dice.chance(40)
                          ? list(table("path", table("type", "PathPrefix", "value", "/politics")))
                          : null,
                      "backendRefs",
                      list(
                          table(
                              "group",
                              ISTIO,
                              "kind",
                              "Hostname",
                              "name",
                              dice.chance(80) ? entry.host() : dice.of(HOSTS),
                              "port",
                              dice.of(entry.ports())))))));
      return;
    }
    List<Object> http = new ArrayList<>();
    for (int i = dice.between(1, 2); i > 0; i--) {
      http.add(
          table(
              "match",
              dice.chance(50)
                  ? list(
                      table(
                          "uri",
                          table("prefix", "/politics"),
                          "port",
                          dice.chance(20) ? 80 : null,
                          "sourceLabels",
                          dice.chance(15) ? table("app", "sleep") : null,
                          "gateways",
                          dice.chance(15) ? list("mesh") : null))
                  : null,
              "route",
              list(table("destination", destination(entry))),
              "mirrors",
              dice.chance(30)
                  ? list(
                      table(
                          "destination",
                          dice.chance(75)
                              ? destination(entry)
                              : table("host", dice.of(HOSTS), "port", table("number", 80)),
                          "percentage",
                          table("value", 10)))
                  : null));
    }
    boolean bytes = dice.chance(30);
    add(
        ISTIO + "/v1",
        "VirtualService",
        namespace,
        "vs" + counter++,
        table(
            "hosts",
            list(entry.host()),
            "http",
            bytes ? null : http,
            "tls",
            bytes && dice.chance(60)
                ? list(
                    table(
                        "match",
                        list(table("port", 443, "sniHosts", list(entry.host()))),
                        "route",
                        list(table("destination", destination(entry)))))
                : null,
            "tcp",
            bytes
                ? list(
                    table(
                        "match",
                        dice.chance(50) ? list(table("port", 9000)) : null,
                        "route",
                        list(table("destination", destination(entry)))))
                : null,
            "exportTo",
            dice.chance(15) ? list(".") : null));
  }

  private Map<String, Object> destination(Entry entry) {
    return table(
        "host",
        dice.chance(75) ? entry.host() : dice.of(HOSTS),
        "port",
        dice.chance(60) ? table("number", dice.of(entry.ports())) : null,
        "subset",
        dice.chance(10) ? "sub" : null);
  }

  private void policy() {
    Entry entry = some();
    if (entry == null) {
      return;
    }
    Map<String, Object> target =
        switch (dice.below(6)) {
          case 0 -> table("group", GATEWAY_API, "kind", "Gateway", "name", "edge");
          case 1 -> table("group", GATEWAY_API, "kind", "GatewayClass", "name", "istio-waypoint");
          default -> table("group", ISTIO, "kind", "ServiceEntry", "name", entry.name());
        };
    boolean byClass = "GatewayClass".equals(target.get("kind"));
    String namespace =
        byClass ? ROOT : dice.chance(85) ? entry.namespace() : dice.oneOf("egress", "shop");
    boolean selects = dice.chance(10);
    String action = dice.chance(25) ? null : dice.oneOf("ALLOW", "ALLOW", "DENY");
    add(
        "security.istio.io/v1",
        "AuthorizationPolicy",
        namespace,
        "ap" + counter++,
        table(
            "targetRefs",
            selects ? null : list(target),
            "selector",
            selects && dice.chance(50)
                ? table("matchLabels", table("gateway.networking.k8s.io/gateway-name", "edge"))
                : null,
            "action",
            action,
            "rules",
            dice.chance(5) && !"DENY".equals(action)
                ? list()
                : list(
                    table(
                        "from",
                        dice.chance(60)
                            ? list(
                                table(
                                    "source",
                                    dice.chance(50)
                                        ? table("namespaces", list(dice.oneOf("shop", "web")))
                                        : table(
                                            "principals",
                                            list("cluster.local/ns/shop/sa/default"))))
                            : null,
                        "to",
                        dice.chance(60)
                            ? list(
                                table(
                                    "operation",
                                    dice.chance(50)
                                        ? table("ports", list(dice.oneOf("80", "443", "8080")))
                                        : dice.chance(50)
                                            ? table("paths", list("/politics"))
                                            : table("hosts", list(entry.host(), "*"))))
                            : null,
                        "when",
                        dice.chance(25)
                            ? list(
                                table(
                                    "key",
                                    "connection.sni",
                                    "values",
                                    list(dice.oneOf(entry.host(), "other.example"))))
                            : null))));
  }

  Map<String, Object> calls() {
    List<Object> calls = new ArrayList<>();
    Set<String> urls = new java.util.LinkedHashSet<>();
    for (Entry entry : entries) {
      String name = entry.host().replace("*", "any");
      if (entry.ports().contains(80) || mistake()) {
        urls.add("http://" + name + "/politics");
        urls.add("http://" + name + "/other");
      }
      if (entry.ports().contains(443) || mistake()) {
        urls.add("https://" + name);
      }
      int port = dice.of(entry.ports());
      urls.add(dice.oneOf("http://", "tls://", "tcp://") + name + ":" + port);
      urls.add(
          dice.oneOf(
              "http://" + name + ":8080",
              "tcp://" + name + ":9000",
              "http://" + name + ":9000",
              "tls://" + name + ":8080",
              "tls://" + name + ":9000",
              "tcp://" + name + ":8080",
              "tls://" + name + ":80"));
    }
    urls.add(dice.oneOf("http://undeclared.example", "https://undeclared.example"));
    for (String url : urls) {
      calls.add(
          table(
              "name",
              "c" + calls.size(),
              "from",
              table(
                  "namespace",
                  dice.oneOf("shop", "shop", "shop", "web", "egress"),
                  "labels",
                  dice.chance(88)
                      ? table("app", "sleep")
                      : dice.oneOf(
                          table("sidecar.istio.io/inject", "true"),
                          table("istio.io/dataplane-mode", "none"),
                          table("istio.io/dataplane-mode", "ambient")),
                  "serviceAccount",
                  dice.chance(30) ? "web" : null),
              "to",
              url,
              "sni",
              url.startsWith("https") && dice.chance(8) ? "other.example" : null,
              "address",
              dice.chance(10)
                  ? dice.oneOf("10.9.0." + dice.between(1, 5), "10.8.0." + dice.between(1, 5))
                  : null));
    }
    return table("calls", calls);
  }
}
