package io.github.istioegress.differential;

import static io.github.istioegress.differential.Yaml.list;
import static io.github.istioegress.differential.Yaml.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Moves routes of HTTP into VirtualServices of their own, to which the first ones delegate. */
final class RandomDelegates {

  private final Dice dice;
  private final List<String> namespaces;
  private final List<Map<String, Object>> documents;

  RandomDelegates(Dice dice, List<String> namespaces, List<Map<String, Object>> documents) {
    this.dice = dice;
    this.namespaces = namespaces;
    this.documents = documents;
  }

  /** What a mesh's config says of who sees what, if anything. */
  static String defaults(Dice dice) {
    return (dice.chance(4) ? "defaultServiceExportTo: [" + visibility(dice) + "]\n" : "")
        + (dice.chance(4) ? "defaultVirtualServiceExportTo: [" + visibility(dice) + "]\n" : "")
        + (dice.chance(4) ? "defaultDestinationRuleExportTo: [" + visibility(dice) + "]\n" : "");
  }

  private static String visibility(Dice dice) {
    return dice.oneOf("\".\"", "\".\", istio-system", "edge");
  }

  void split() {
    for (Map<String, Object> document : List.copyOf(documents)) {
      if (Objects.equals(document.get("kind"), "VirtualService")
          && inside(document, "spec").get("http") instanceof List<?> routes
          && dice.chance(12)) {
        delegate(document, routes);
      }
    }
  }

  private void delegate(Map<String, Object> root, List<?> routes) {
    String home = String.valueOf(inside(root, "metadata").get("namespace"));
    String namespace = dice.chance(75) ? home : dice.of(namespaces);
    int chosen = dice.below(routes.size());
    Map<String, Object> route = copy(routes.get(chosen));
    Object to = route.remove("route");
    if (to == null || route.containsKey("redirect")) {
      return;
    }
    String name = "delegate-" + documents.size();
    boolean missing = dice.chance(8);
    route.put(
        "delegate",
        table(
            "name",
            missing ? "nobody" : name,
            "namespace",
            namespace.equals(home) && dice.chance(50) ? null : namespace));
    if (dice.chance(25)) {
      route.put("timeout", "7s");
    }
    if (route.get("match") instanceof List<?> matches && dice.chance(25)) {
      List<Object> narrowed = new ArrayList<>();
      for (Object match : matches) {
        Map<String, Object> more = copy(match);
        more.putIfAbsent("uri", uri());
        narrowed.add(more);
      }
      route.put("match", narrowed);
    }
    List<Object> replaced = new ArrayList<>(routes);
    replaced.set(chosen, route);
    inside(root, "spec").put("http", replaced);
    List<Object> parts = new ArrayList<>();
    if (dice.chance(60)) {
      parts.add(
          table(
              "name",
              dice.chance(50) ? "part" : null,
              "match",
              list(
                  table(
                      "uri",
                      uri(),
                      "method",
                      dice.chance(20) ? table("exact", "GET") : null,
                      "headers",
                      dice.chance(20) ? table("x-team", table("exact", "web")) : null)),
              "timeout",
              dice.chance(40) ? "3s" : null,
              "route",
              to));
    }
    if (dice.chance(70) || parts.isEmpty()) {
      parts.add(table("timeout", dice.chance(30) ? "4s" : null, "route", to));
    }
    Object exportTo = dice.oneOf(list("."), list("*"), list(dice.of(namespaces)), list(home));
    documents.add(
        RandomMesh.document(
            documents.size(),
            "networking.istio.io/v1",
            "VirtualService",
            namespace,
            name,
            "spec",
            table("http", parts, "exportTo", dice.chance(40) ? exportTo : null)));
  }

  private Map<String, Object> uri() {
    return dice.oneOf(
        table("prefix", "/politics"),
        table("prefix", "/"),
        table("prefix", "/politics/x"),
        table("exact", "/politics"),
        table("regex", "/pol.*"));
  }

  @SuppressWarnings("unchecked") // Documents are made of such tables alone.
  private static Map<String, Object> inside(Map<String, Object> document, String key) {
    return (Map<String, Object>) Objects.requireNonNull(document.get(key), key);
  }

  private static Map<String, Object> copy(Object table) {
    Map<String, Object> copy = table();
    ((Map<?, ?>) table).forEach((key, value) -> copy.put(key.toString(), value));
    return copy;
  }
}
