package io.github.istioegress.differential;

import static io.github.istioegress.differential.Yaml.list;
import static io.github.istioegress.differential.Yaml.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random AuthorizationPolicies on gateways, of the shapes that Istio's validation lets pass. */
final class RandomPolicies {

  private final Dice dice;
  private final String root;
  private final List<String> namespaces;
  private final List<String> hosts;

  /**
   * Prepares policies.
   *
   * @param root the root namespace
   * @param namespaces those of callers
   * @param hosts those that calls name
   */
  RandomPolicies(Dice dice, String root, List<String> namespaces, List<String> hosts) {
    this.dice = dice;
    this.root = root;
    this.namespaces = namespaces;
    this.hosts = hosts;
  }

  /** The namespace of a policy, which decides whom it reaches. */
  String namespace() {
    return dice.chance(65) ? root : dice.chance(75) ? "edge" : dice.of(namespaces);
  }

  /** What a policy says. */
  Map<String, Object> spec() {
    boolean targeted = dice.chance(4);
    String action = dice.oneOf("ALLOW", "ALLOW", "ALLOW", "DENY", "DENY", "AUDIT", "");
    if (dice.chance(3)) {
      action = "CUSTOM";
    }
    return table(
        "selector",
        targeted || dice.chance(35)
            ? null
            : table(
                "matchLabels",
                table("istio", dice.oneOf("egressgateway", "egressgateway", "edge"))),
        "targetRefs",
        targeted
            ? list(
                table(
                    "group",
                    "gateway.networking.k8s.io",
                    "kind",
                    "Gateway",
                    "name",
                    "istio-egressgateway"))
            : null,
        "action",
        action.isEmpty() ? null : action,
        "provider",
        action.equals("CUSTOM") ? table("name", "outside") : null,
        "rules",
        rules(action));
  }

  private @Nullable List<Object> rules(String action) {
    if (!action.equals("DENY") && !action.equals("CUSTOM") && dice.chance(6)) {
      return dice.chance(50) ? null : list();
    }
    List<Object> rules = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      rules.add(action.equals("CUSTOM") ? table("to", some(this::operation)) : rule());
    }
    return rules;
  }

  private Map<String, Object> rule() {
    if (dice.chance(8)) {
      return table();
    }
    return table(
        "from",
        dice.chance(55) ? some(this::source) : null,
        "to",
        dice.chance(55) ? some(this::operation) : null,
        "when",
        dice.chance(30) ? some(this::condition) : null);
  }

  private List<Object> some(java.util.function.Supplier<Map<String, Object>> one) {
    return dice.chance(75) ? list(one.get()) : list(one.get(), one.get());
  }

  private Map<String, Object> source() {
    Map<String, Object> source = table();
    switch (dice.below(10)) {
      case 0, 1 -> put(source, "principals", "notPrincipals", this::principal);
      case 2, 3, 4 -> put(source, "namespaces", "notNamespaces", this::namespacePattern);
      case 5 -> put(source, "serviceAccounts", "notServiceAccounts", this::serviceAccount);
      case 6 ->
          put(
              source,
              "trustDomains",
              "notTrustDomains",
              () ->
                  dice.oneOf("cluster.local", "*", "*.local", "clu*", "old.domain", "td.example"));
      case 7 -> {
        put(source, "principals", "notPrincipals", this::principal);
        put(source, "namespaces", "notNamespaces", this::namespacePattern);
      }
      case 8 -> put(source, "requestPrincipals", "notRequestPrincipals", () -> "*");
      default ->
          put(
              source,
              dice.oneOf("ipBlocks", "remoteIpBlocks"),
              "notIpBlocks",
              () -> dice.oneOf("10.245.0.0/16", "10.1.0.0/16"));
    }
    return Map.of("source", source);
  }

  private Map<String, Object> operation() {
    Map<String, Object> operation = table();
    switch (dice.below(8)) {
      case 0, 1 -> put(operation, "hosts", "notHosts", this::host);
      case 2, 3 -> put(operation, "ports", "notPorts", this::port);
      case 4 -> put(operation, "methods", "notMethods", () -> dice.oneOf("GET", "POST", "P*", "*"));
      case 5 -> put(operation, "paths", "notPaths", this::path);
      case 6 -> {
        put(operation, "hosts", "notHosts", this::host);
        put(operation, "ports", "notPorts", this::port);
      }
      default -> {
        put(operation, "hosts", "notHosts", this::host);
        put(operation, "paths", "notPaths", this::path);
      }
    }
    return Map.of("operation", operation);
  }

  private Map<String, Object> condition() {
    Map<String, Object> condition = table();
    switch (dice.below(9)) {
      case 0, 1 -> condition(condition, "connection.sni", this::host);
      case 2 -> condition(condition, "destination.port", this::port);
      case 3 -> condition(condition, "source.namespace", this::namespacePattern);
      case 4 -> condition(condition, "source.principal", this::principal);
      case 5 -> condition(condition, "source.serviceAccount", this::serviceAccount);
      case 6, 7 ->
          condition(
              condition,
              "request.headers[" + dice.oneOf("x-team", "X-Team", "host", ":method") + "]",
              () -> dice.oneOf("blue", "b*", "*ue", "*", "GET", dice.of(hosts)));
      default -> condition(condition, "request.auth.claims[group]", () -> "admin");
    }
    return condition;
  }

  private void condition(
      Map<String, Object> condition, String key, java.util.function.Supplier<String> value) {
    condition.put("key", key);
    put(condition, "values", "notValues", value);
  }

  private void put(
      Map<String, Object> holder,
      String wanted,
      String unwanted,
      java.util.function.Supplier<String> value) {
    boolean not = dice.chance(25);
    if (!not || dice.chance(20)) {
      holder.put(wanted, dice.chance(70) ? list(value.get()) : list(value.get(), value.get()));
    }
    if (not) {
      holder.put(unwanted, list(value.get()));
    }
  }

  private String account() {
    return dice.oneOf("default", "default", "web", "batch");
  }

  private String principal() {
    String namespace = dice.of(namespaces);
    return dice.oneOf(
        "cluster.local/ns/" + namespace + "/sa/" + account(),
        "cluster.local/ns/" + namespace + "/*",
        "*/sa/" + account(),
        "*/ns/" + namespace + "/sa/" + account(),
        "clu*/ns/" + namespace + "/sa/" + account(),
        "*",
        dice.oneOf("old.domain", "td.example", "*.example", "td.*")
            + "/ns/"
            + namespace
            + "/sa/"
            + account());
  }

  private String namespacePattern() {
    String namespace = dice.of(namespaces);
    return dice.oneOf(namespace, namespace, "app-*", "*-b", "*", "a*a");
  }

  private String serviceAccount() {
    return dice.chance(75) ? dice.of(namespaces) + "/" + account() : account();
  }

  private String host() {
    String host = dice.of(hosts).replace("*", "www");
    return dice.oneOf(
        host,
        host,
        host.toUpperCase(java.util.Locale.ROOT),
        "*" + host.substring(host.indexOf('.')),
        host.substring(0, 4) + "*",
        "*",
        host + ":8080");
  }

  private String port() {
    return dice.oneOf("8080", "8080", "8443", "8443", "80", "443", "5432", "9000");
  }

  private String path() {
    return dice.oneOf(
        "/politics",
        "/pol*",
        "*ics",
        "/",
        "*",
        "/other",
        "/{*}",
        "/{**}",
        "/politics/{*}",
        "/{*}/x");
  }
}
