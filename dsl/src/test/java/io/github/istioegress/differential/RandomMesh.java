package io.github.istioegress.differential;

import static io.github.istioegress.differential.Yaml.list;
import static io.github.istioegress.differential.Yaml.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A random mesh: hosts let out by the patterns that people write by hand, some with a mistake that
 * people make by hand.
 */
final class RandomMesh {

  private static final String ROOT = "istio-system";
  private static final List<String> NAMESPACES = List.of("app-a", "app-b", "team-c");
  private static final List<String> HOSTS =
      List.of(
          "edition.cnn.com",
          "api.example.org",
          "www.example.org",
          "mail.example.net",
          "db.corp.example",
          "a.b.example.org",
          "*.example.org",
          "*.wiki.example",
          "Mixed.Example.org");

  /** A gateway of the mesh: what calls files and manifests know of it. */
  private record Gateway(String name, String namespace, String label) {
    String service() {
      return name + "." + namespace + ".svc.cluster.local";
    }
  }

  private static final Gateway MAIN = new Gateway("istio-egressgateway", ROOT, "egressgateway");
  private static final Gateway EDGE = new Gateway("edge", "edge", "edge");

  /** A forward proxy outside. */
  private static final String PROXY = "squid.corp.example";

  private final Dice dice;
  private final int mistakes;

  /** True where the mesh is about policies: calls come to gateways, and nothing else goes wrong. */
  private final boolean policed;

  /** True where no callers' leg says that it is one, so that gateways send to themselves. */
  private final boolean careless;

  private final List<Map<String, Object>> documents = new ArrayList<>();
  private final List<String> declared = new ArrayList<>();
  private final Set<String> tunnelling = new HashSet<>();
  private final List<String> services = new ArrayList<>(List.of(MAIN.service()));
  private final List<String> routed = new ArrayList<>();
  private final Set<String> named = new HashSet<>();
  private int counter;

  RandomMesh(long seed) {
    this.dice = new Dice(seed);
    this.policed = dice.chance(25);
    this.mistakes = policed ? 0 : dice.oneOf(0, 0, 4, 8, 15, 25);
    this.careless = !policed && dice.chance(8);
    build();
  }

  List<Map<String, Object>> documents() {
    return documents;
  }

  private void build() {
    documents.add(
        document(
            "v1",
            "ConfigMap",
            ROOT,
            "istio",
            "data",
            table(
                "mesh",
                "outboundTrafficPolicy:\n  mode: "
                    + dice.oneOf("REGISTRY_ONLY", "ALLOW_ANY")
                    + "\n"
                    + RandomDelegates.defaults(dice)
                    + (dice.chance(12)
                        ? "defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}\n"
                        : "")
                    + (policed && dice.chance(15) ? "trustDomain: td.example\n" : "")
                    + (policed && dice.chance(15) ? "trustDomainAliases: [old.domain]\n" : ""))));
    boolean ofGatewayApi = dice.chance(30);
    int sentences = ofGatewayApi ? dice.oneOf(0, 0, 1, 2) : dice.between(1, 4);
    for (int i = 0; i < sentences; i++) {
      sentence();
    }
    if (ofGatewayApi) {
      RandomGatewayApi more = new RandomGatewayApi(dice, mistakes, documents);
      declared.addAll(more.declared());
      services.add(more.service());
    }
    if (dice.chance(25)) {
      sidecar();
    }
    if (policed || dice.chance(30)) {
      policies();
    }
    if (dice.chance(10)) {
      documents.add(
          serviceEntry(
              namespace(),
              dice.of(HOSTS.subList(0, 6)),
              list(port(5432, "TCP", null)),
              "DNS",
              dice.chance(60) ? list("10.1.2." + dice.between(1, 3)) : list()));
    }
    new RandomDelegates(dice, NAMESPACES, documents).split();
  }

  private void policies() {
    RandomPolicies policies = new RandomPolicies(dice, ROOT, NAMESPACES, declared);
    for (int i = dice.between(1, 3); i > 0; i--) {
      documents.add(
          document(
              "security.istio.io/v1",
              "AuthorizationPolicy",
              policies.namespace(),
              "policy-" + counter++,
              "spec",
              policies.spec()));
    }
  }

  private boolean mistake() {
    return dice.chance(mistakes);
  }

  private String namespace() {
    return dice.of(NAMESPACES);
  }

  private void sentence() {
    String namespace = dice.chance(75) ? "app-a" : dice.chance(80) ? namespace() : ROOT;
    String host = dice.of(HOSTS);
    Gateway gateway = dice.chance(80) ? MAIN : EDGE;
    declared.add(host);
    switch (policed ? dice.between(3, 8) : dice.below(9)) {
      case 0 -> direct(namespace, host, 80, dice.oneOf("HTTP", "HTTP", "HTTP2", "GRPC", ""));
      case 1 -> direct(namespace, host, 443, dice.oneOf("TLS", "HTTPS", "HTTP", "TCP"));
      case 2 ->
          direct(
              namespace,
              host,
              dice.oneOf(8080, 9000, 27017),
              dice.oneOf("HTTP", "TCP", "TLS", "", "MONGO"));
      case 3, 4 -> http(namespace, host, gateway);
      case 5, 6 -> passthrough(namespace, host, gateway);
      case 7 -> originate(namespace, host, gateway);
      default -> tcp(namespace, host, gateway);
    }
  }

  private void direct(String namespace, String host, int port, String protocol) {
    String resolution =
        host.startsWith("*") && List.of("TCP", "HTTPS", "", "MONGO").contains(protocol)
            ? "NONE"
            : resolution(host);
    documents.add(
        serviceEntry(
            namespace, host, list(port(port, protocol, target(port))), resolution, list()));
    if (dice.chance(25)) {
      documents.add(
          destinationRule(
              namespace,
              table(
                  "host",
                  host,
                  "trafficPolicy",
                  dice.chance(50)
                      ? table("tls", tls(host))
                      : table(
                          "portLevelSettings",
                          list(table("port", table("number", port), "tls", tls(host)))))));
    }
    if (dice.chance(20)) {
      documents.add(
          virtualService(
              namespace,
              host,
              "http",
              list(
                  mirrored(
                      "route",
                      dice.chance(50)
                          ? list(
                              renamed(destination(host, null, dice.chance(70) ? port : 8443, null)))
                          : list(
                              renamed(destination(host, null, port, 70)),
                              renamed(destination(dice.of(HOSTS), null, port, 30))),
                      "rewrite",
                      dice.chance(20) ? table("authority", plain(dice.of(HOSTS))) : null,
                      "timeout",
                      dice.chance(50) ? "5s" : null))));
    }
  }

  private @Nullable Integer target(int port) {
    return port == 80 && dice.chance(15) ? 443 : null;
  }

  private Map<String, Object> tls(String host) {
    String mode = dice.oneOf("SIMPLE", "SIMPLE", "SIMPLE", "MUTUAL", "DISABLE", "ISTIO_MUTUAL");
    return table(
        "mode",
        mode,
        "sni",
        dice.chance(50) ? plain(host) : null,
        "credentialName",
        mode.equals("MUTUAL") || (mode.equals("SIMPLE") && dice.chance(15)) ? "client" : null,
        "subjectAltNames",
        dice.chance(30) ? list(plain(host)) : null);
  }

  private static String plain(String host) {
    return host.replace("*", "www");
  }

  private String resolution(String host) {
    if (host.startsWith("*")) {
      return mistake() ? "STATIC" : dice.oneOf("NONE", "NONE", "DYNAMIC_DNS");
    }
    return mistake() ? dice.oneOf("NONE", "STATIC", "DNS_ROUND_ROBIN") : "DNS";
  }

  /** For entries with ports that DYNAMIC_DNS does not take. */
  private String fixedResolution(String host) {
    return host.startsWith("*") ? "NONE" : resolution(host);
  }

  private void http(String namespace, String host, Gateway gateway) {
    routed.add("http://" + plain(host) + "/politics");
    int port = mistake() ? dice.oneOf(8080, 443) : 80;
    String subset = "s" + counter;
    String name = name(gateway);
    List<Object> ports = list(port(80, "HTTP", null));
    if (dice.chance(60)) {
      ports.add(port(443, dice.oneOf("TLS", "HTTPS"), null));
    }
    documents.add(serviceEntry(namespace, host, ports, fixedResolution(host), list()));
    documents.add(
        gateway(namespace, name, gateway, host, server(port, mistake() ? "TCP" : "HTTP", null)));
    subsetRule(namespace, gateway, subset, null);
    documents.add(
        virtualService(
            namespace,
            host,
            "gateways",
            gateways(name),
            "http",
            list(
                mirrored(
                    "match",
                    list(match("mesh", mistake() ? 8080 : 80, null)),
                    "route",
                    list(destination(gateway.service(), mistake() ? "other" : subset, port, null))),
                mirrored(
                    "match",
                    list(match(name, port, null)),
                    "route",
                    dice.chance(85)
                        ? list(renamed(destination(host, null, 80, null)))
                        : list(
                            renamed(destination(host, null, 80, 60)),
                            renamed(destination(dice.of(HOSTS), null, 80, 40)))))));
  }

  private void passthrough(String namespace, String host, Gateway gateway) {
    routed.add("https://" + plain(host));
    String subset = "s" + counter;
    String name = name(gateway);
    documents.add(
        serviceEntry(
            namespace,
            host,
            list(port(443, mistake() ? "HTTP" : dice.oneOf("TLS", "HTTPS"), null)),
            fixedResolution(host),
            list()));
    documents.add(
        gateway(
            namespace,
            name,
            gateway,
            host,
            server(443, dice.oneOf("TLS", "TLS", "HTTPS"), table("mode", "PASSTHROUGH"))));
    subsetRule(namespace, gateway, subset, null);
    documents.add(
        virtualService(
            namespace,
            host,
            "gateways",
            gateways(name),
            "tls",
            list(
                table(
                    "match",
                    list(match("mesh", 443, host)),
                    "route",
                    list(destination(gateway.service(), mistake() ? "other" : subset, 443, null))),
                table(
                    "match",
                    list(match(name, mistake() ? 8443 : 443, host)),
                    "route",
                    last(namespace, host, 443, mistake() ? null : 443)))));
  }

  private void originate(String namespace, String host, Gateway gateway) {
    routed.add("http://" + plain(host) + dice.oneOf("/", "/politics", "/politics/x?y=1"));
    String subset = "s" + counter;
    String name = name(gateway);
    int port = dice.oneOf(80, 443);
    boolean mutual = dice.chance(70);
    documents.add(
        serviceEntry(
            namespace,
            host,
            list(port(80, "HTTP", null), port(443, "HTTPS", null)),
            fixedResolution(host),
            list()));
    documents.add(
        gateway(
            namespace,
            name,
            gateway,
            host,
            mutual
                ? server(port, dice.oneOf("HTTPS", "HTTPS", "TLS"), table("mode", "ISTIO_MUTUAL"))
                : server(port, "HTTP", null)));
    Map<String, Object> hop = table("mode", "ISTIO_MUTUAL", "sni", mistake() ? null : plain(host));
    subsetRule(
        namespace,
        gateway,
        subset,
        mutual == mistake()
            ? null
            : table("portLevelSettings", list(table("port", table("number", port), "tls", hop))));
    documents.add(
        virtualService(
            namespace,
            host,
            "gateways",
            gateways(name),
            "http",
            list(
                table(
                    "match",
                    list(match("mesh", 80, null)),
                    "route",
                    list(destination(gateway.service(), subset, port, null))),
                mirrored(
                    "match",
                    list(match(name, port, null)),
                    "route",
                    list(destination(host, null, dice.chance(80) ? 443 : null, null))))));
    if (dice.chance(80)) {
      documents.add(
          destinationRule(
              dice.chance(50) ? namespace : gateway.namespace(),
              table(
                  "host",
                  host,
                  "trafficPolicy",
                  table(
                      "portLevelSettings",
                      list(table("port", table("number", 443), "tls", tls(host)))))));
    }
  }

  private void tcp(String namespace, String host, Gateway gateway) {
    String name = name(gateway);
    int port = dice.oneOf(5432, 9000);
    routed.add("tcp://" + plain(host) + ":" + port);
    List<Object> addresses =
        dice.chance(60)
            ? list("10.9.0." + dice.between(1, 4) + dice.oneOf("", "/32", "/24"))
            : list();
    boolean range = addresses.stream().anyMatch(a -> a.toString().endsWith("/24"));
    documents.add(
        serviceEntry(
            namespace,
            host,
            list(port(port, "TCP", null)),
            // A range of addresses goes only with these two.
            range ? dice.oneOf("NONE", "STATIC") : fixedResolution(host),
            addresses));
    boolean mutual = dice.chance(40);
    documents.add(
        gateway(
            namespace,
            name,
            gateway,
            host,
            mutual
                ? server(port, "TLS", table("mode", "ISTIO_MUTUAL"))
                : server(port, "TCP", null)));
    subsetRule(
        namespace,
        gateway,
        "s" + counter,
        mutual ? table("tls", table("mode", "ISTIO_MUTUAL", "sni", plain(host))) : null);
    documents.add(
        virtualService(
            namespace,
            host,
            "gateways",
            gateways(name),
            "tcp",
            list(
                table(
                    "match",
                    list(match("mesh", port, null)),
                    "route",
                    list(
                        destination(
                            gateway.service(),
                            dice.chance(50) ? "s" + counter : null,
                            port,
                            null))),
                table(
                    "match",
                    list(match(name, port, null)),
                    "route",
                    last(namespace, host, port, port)))));
  }

  /** Where bytes go at last: to their host, or to an outside forward proxy that is asked for it. */
  private List<Object> last(String namespace, String host, int port, @Nullable Integer own) {
    if (!dice.chance(20)) {
      return list(destination(host, null, own, null));
    }
    if (tunnelling.add(namespace)) {
      documents.add(
          serviceEntry(
              namespace,
              PROXY,
              list(port(3128, mistake() ? "HTTP" : "TCP", null)),
              "STATIC",
              list("203.0.113.9")));
    }
    String subset = "t" + counter++;
    Map<String, Object> tunnel =
        table(
            "tunnel",
            table(
                "protocol",
                dice.oneOf("CONNECT", "CONNECT", "POST"),
                "targetHost",
                plain(host),
                "targetPort",
                port));
    documents.add(
        destinationRule(
            mistake() ? namespace() : namespace,
            table(
                "host",
                PROXY,
                "trafficPolicy",
                dice.chance(15) ? tunnel : null,
                "subsets",
                list(table("name", subset, "trafficPolicy", mistake() ? null : tunnel)))));
    return dice.chance(85)
        ? list(destination(PROXY, subset, 3128, null))
        : list(destination(PROXY, subset, 3128, 70), destination(host, null, own, 30));
  }

  private String name(Gateway gateway) {
    counter++;
    return dice.chance(60) && named.add(gateway.name()) ? gateway.name() : "gw" + counter;
  }

  private List<Object> gateways(String name) {
    return mistake() ? list(name) : list(name, "mesh");
  }

  private Map<String, Object> match(String gateway, int port, @Nullable String sni) {
    return table(
        "gateways",
        mistake() || (careless && gateway.equals("mesh")) ? null : list(gateway),
        "port",
        dice.chance(90) ? port : null,
        "sniHosts",
        sni == null ? null : list(sni),
        "sourceLabels",
        mistake() ? table("app", dice.oneOf("sleep", "other")) : null);
  }

  /** A route of HTTP, of which some send copies of requests elsewhere. */
  private Map<String, Object> mirrored(@Nullable Object... said) {
    Map<String, Object> route = table(said);
    if (!dice.chance(20)) {
      return route;
    }
    if (dice.chance(25)) {
      route.put("mirror", copied());
      switch (dice.below(4)) {
        case 0 -> route.put("mirrorPercentage", table("value", dice.oneOf(0, 0.5, 33.3, 100)));
        case 1 -> route.put("mirrorPercent", dice.oneOf(0, 7, 100));
        case 2 -> {
          route.put("mirrorPercent", 7);
          route.put("mirrorPercentage", table("value", 12.345678));
        }
        default -> {
          // Then all are copied.
        }
      }
      return route;
    }
    List<Object> mirrors = new ArrayList<>();
    for (int i = dice.between(1, 2); i > 0; i--) {
      mirrors.add(
          table(
              "destination",
              copied(),
              "percentage",
              dice.chance(75) ? table("value", dice.oneOf(0, 0.00005, 1, 10, 99.99)) : null));
    }
    route.put("mirrors", mirrors);
    return route;
  }

  /** Where copies go: a host outside, or the Service of a gateway. */
  private Object copied() {
    List<String> known = dice.chance(20) ? HOSTS : declared;
    String host = dice.chance(80) ? dice.of(known) : MAIN.service();
    return Objects.requireNonNull(
        destination(
                host,
                dice.chance(10) ? "s" + dice.between(0, 3) : null,
                dice.chance(40) ? dice.oneOf(80, 443, 8080) : null,
                null)
            .get("destination"));
  }

  /** Some destinations are called by a name of their own. */
  private Map<String, Object> renamed(Map<String, Object> to) {
    return dice.chance(20)
        ? table(
            "destination",
            to.get("destination"),
            "weight",
            to.get("weight"),
            "headers",
            table(
                "request",
                table("set", table(dice.oneOf("Host", ":authority"), plain(dice.of(HOSTS))))))
        : to;
  }

  private static Map<String, Object> destination(
      String host, @Nullable String subset, @Nullable Integer port, @Nullable Integer weight) {
    return table(
        "destination",
        table("host", host, "subset", subset, "port", port == null ? null : table("number", port)),
        "weight",
        weight);
  }

  private Map<String, Object> port(int number, String protocol, @Nullable Integer target) {
    return table(
        "number",
        number,
        "name",
        "p" + number,
        "protocol",
        protocol.isEmpty() ? null : protocol,
        "targetPort",
        target);
  }

  private static Map<String, Object> server(
      int port, String protocol, @Nullable Map<String, Object> tls) {
    return table(
        "port", table("number", port, "name", "s" + port, "protocol", protocol), "tls", tls);
  }

  private @Nullable List<Object> exportTo(String namespace) {
    List<Object> said =
        switch (dice.below(8)) {
          case 0 -> list(".");
          case 1 -> list(".", ROOT);
          case 2 -> list("*");
          case 3 -> list(".", "edge", ROOT);
          case 4 -> mistake() ? list("app-b") : list();
          default -> list();
        };
    if (said.contains(".")) {
      // Validation refuses the own namespace a second time, by its name.
      said.remove(namespace);
    }
    return said.isEmpty() ? null : said;
  }

  private Map<String, Object> serviceEntry(
      String namespace,
      String host,
      List<Object> ports,
      String resolution,
      List<Object> addresses) {
    return document(
        "networking.istio.io/v1",
        "ServiceEntry",
        namespace,
        "se-" + counter++,
        "spec",
        table(
            "hosts",
            list(host),
            "addresses",
            addresses.isEmpty() || resolution.equals("DYNAMIC_DNS") ? null : addresses,
            "ports",
            ports,
            "resolution",
            resolution.equals("NONE") && dice.chance(30) ? null : resolution,
            "endpoints",
            resolution.equals("STATIC") && dice.chance(70)
                ? list(
                    table(
                        "address",
                        "203.0.113." + dice.between(1, 9),
                        "ports",
                        dice.chance(20) ? table("p80", 8000, "p443", 8443) : null))
                : null,
            "location",
            dice.chance(10) ? "MESH_INTERNAL" : null,
            "exportTo",
            exportTo(namespace)));
  }

  private Map<String, Object> gateway(
      String namespace, String name, Gateway gateway, String host, Map<String, Object> server) {
    String prefix = dice.oneOf("", "", "./", namespace + "/", mistake() ? "other/" : "*/");
    server.put(
        "hosts", list(mistake() ? "elsewhere.example" : dice.chance(10) ? "*" : prefix + host));
    return document(
        "networking.istio.io/v1",
        "Gateway",
        mistake() ? gateway.namespace() : namespace,
        name,
        "spec",
        table(
            "selector",
            table("istio", mistake() ? "ingressgateway" : gateway.label()),
            "servers",
            list(server)));
  }

  private void subsetRule(
      String namespace, Gateway gateway, String subset, @Nullable Map<String, Object> policy) {
    if (mistake()) {
      return;
    }
    documents.add(
        destinationRule(
            mistake() ? namespace() : dice.chance(80) ? namespace : gateway.namespace(),
            table(
                "host",
                gateway.service(),
                "subsets",
                list(table("name", subset, "trafficPolicy", policy)))));
  }

  private Map<String, Object> destinationRule(String namespace, Map<String, Object> spec) {
    if (dice.chance(40)) {
      spec.put("exportTo", exportTo(namespace));
      spec.values().removeIf(java.util.Objects::isNull);
    }
    return document(
        "networking.istio.io/v1", "DestinationRule", namespace, "dr-" + counter++, "spec", spec);
  }

  private Map<String, Object> virtualService(
      String namespace, String host, @Nullable Object... spec) {
    Map<String, Object> table = table("hosts", list(host));
    table.putAll(table(spec));
    List<Object> exportTo = exportTo(namespace);
    if (exportTo != null) {
      table.put("exportTo", exportTo);
    }
    return document(
        "networking.istio.io/v1", "VirtualService", namespace, "vs-" + counter++, "spec", table);
  }

  private void sidecar() {
    String namespace = dice.chance(85) ? "app-a" : ROOT;
    List<Object> hosts =
        dice.oneOf(
            list("./*"),
            list("./*", ROOT + "/*"),
            list("*/*"),
            list("~/*"),
            list("./*", "*/*.example.org"),
            list("app-b/*", "edge/*"));
    List<Object> egress = new ArrayList<>();
    if (dice.chance(25)) {
      egress.add(
          table(
              "port",
              table(
                  "number",
                  dice.oneOf(80, 443),
                  "name",
                  "only",
                  "protocol",
                  dice.oneOf("HTTP", "TLS")),
              "hosts",
              list("./*")));
    }
    if (egress.isEmpty() || dice.chance(70)) {
      egress.add(table("hosts", hosts));
    }
    documents.add(
        document(
            "networking.istio.io/v1",
            "Sidecar",
            namespace,
            "sidecar",
            "spec",
            table(
                "egress",
                egress,
                "workloadSelector",
                namespace.equals("app-a") && dice.chance(30)
                    ? table("labels", table("app", "sleep"))
                    : null,
                "outboundTrafficPolicy",
                dice.chance(40) ? table("mode", dice.oneOf("REGISTRY_ONLY", "ALLOW_ANY")) : null)));
  }

  private Map<String, Object> document(
      String apiVersion, String kind, String namespace, String name, String body, Object content) {
    return document(documents.size(), apiVersion, kind, namespace, name, body, content);
  }

  /** A document; the number of those before it gives its age. */
  static Map<String, Object> document(
      int before,
      String apiVersion,
      String kind,
      String namespace,
      String name,
      String body,
      Object content) {
    // Ages differ, so that Istio has an order; where it has none there is nothing to compare.
    int shuffled = (before * 7 + 3) % 60;
    return table(
        "apiVersion",
        apiVersion,
        "kind",
        kind,
        "metadata",
        table(
            "name",
            name,
            "namespace",
            namespace,
            "creationTimestamp",
            "2026-01-01T00:%02d:00Z".formatted(shuffled)),
        body,
        content);
  }

  /** Calls to what is declared, and to what is not, from inside and beside the namespace. */
  Map<String, Object> calls() {
    List<Object> calls = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    for (String host : declared) {
      String name = plain(host);
      urls.add("http://" + name + "/politics");
      urls.add("https://" + name);
      urls.add(
          dice.oneOf(
              "http://" + name + ":8080",
              "tcp://" + name + ":5432",
              "tcp://" + name + ":9000",
              "http://" + name + ":9000",
              "tls://" + name + ":8080",
              "tcp://" + name + ":27017",
              "tcp://" + name + ":443",
              "tcp://" + name + ":80",
              "tls://" + name + ":80",
              "http://" + name.toLowerCase(java.util.Locale.ROOT) + ":443"));
    }
    urls.add(dice.oneOf("http://undeclared.example", "https://undeclared.example"));
    if (dice.chance(20)) {
      urls.add("http://" + dice.of(services) + "/");
    }
    for (int i = 0; policed && i < 3; i++) {
      urls.addAll(routed);
    }
    for (String url : urls) {
      boolean sleep = dice.chance(70);
      calls.add(
          table(
              "name",
              "c" + calls.size(),
              "from",
              table(
                  "namespace",
                  dice.chance(80) ? "app-a" : dice.oneOf("app-b", "team-c", ROOT),
                  "labels",
                  table("app", sleep ? "sleep" : "web"),
                  "serviceAccount",
                  dice.chance(40) ? dice.oneOf("web", "batch") : null),
              "to",
              url,
              "method",
              url.startsWith("http") && dice.chance(15) ? dice.oneOf("POST", "PUT") : null,
              "headers",
              url.startsWith("http") && dice.chance(25)
                  ? table("X-Team", dice.oneOf("blue", "red"))
                  : null,
              "sni",
              url.startsWith("https") && dice.chance(5) ? "other.example" : null,
              "address",
              dice.chance(8) ? "10.9.0." + dice.between(1, 5) : null));
    }
    return table(
        "gateways",
        list(
            fact(MAIN, table("app", "istio-egressgateway", "istio", "egressgateway")),
            fact(EDGE, table("istio", "edge"))),
        "calls",
        calls);
  }

  private static Map<String, Object> fact(Gateway gateway, Map<String, Object> labels) {
    return table(
        "name",
        gateway.name(),
        "namespace",
        gateway.namespace(),
        "labels",
        labels,
        "ports",
        list(
            table("port", 80, "targetPort", 8080),
            table("port", 443, "targetPort", 8443),
            table("port", 5432, "targetPort", 5432)));
  }
}
