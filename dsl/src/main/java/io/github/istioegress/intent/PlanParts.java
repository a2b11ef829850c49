package io.github.istioegress.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out which namespaces of a plan have to do with each other. Two do where a gateway's
 * namespace sees one host of both, or a wildcard of the one covers a host of the other: servers,
 * entries and routes of the one can then change what the gateway does for the other. All else that
 * is seen outside its namespace is told apart by its host.
 *
 * <p>It holds the name of each host, and nothing of what is said of it.
 */
final class PlanParts {

  private final List<String> names = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();

  /** The first namespace that names a host, by the gateway's namespace that sees it. */
  private final Map<String, Map<String, Integer>> seen = new HashMap<>();

  /** The namespaces that use gateways of a namespace, without those that are joined already. */
  private final Map<String, Set<Integer>> users = new HashMap<>();

  private final String root;
  private boolean isOne;

  PlanParts(Mesh mesh) {
    this.root = mesh.config().rootNamespace();
  }

  /** Takes the next namespace. */
  void add(NamespaceEgress said) {
    int own = names.size();
    if (said.namespace().name().equals(root)) {
      // What stands in the root namespace holds for all.
      isOne = true;
    }
    names.add(said.namespace().name());
    parents.add(own);
    for (HostEgress host : said.hosts()) {
      if (host.visibility() == Visibility.MESH_DEFAULT) {
        // Everybody sees it, and obeys its routes.
        isOne = true;
      }
      for (EgressIntent intent : host.intents()) {
        add(own, intent);
      }
    }
  }

  private void add(int own, EgressIntent intent) {
    EgressPath path = intent.path();
    if (path.waypoint().isPresent()
        || path.gateway().filter(g -> g.flavor() == GatewayFlavor.GATEWAY_API).isPresent()) {
      // Hosts of ambient mode are everybody's; listeners of a Gateway lie in one resource.
      isOne = true;
    }
    if (path.gateway().isEmpty()) {
      return;
    }
    String home = path.gateway().get().namespace();
    users.computeIfAbsent(home, h -> new HashSet<>()).add(own);
    Map<String, Integer> hosts = seen.computeIfAbsent(home, h -> new HashMap<>());
    join(own, hosts.putIfAbsent(intent.host().name(), own));
    join(own, hosts.putIfAbsent(intent.target().name(), own));
    path.forwardProxy().ifPresent(proxy -> join(own, hosts.putIfAbsent(proxy.host().name(), own)));
  }

  private void join(int one, @org.jspecify.annotations.Nullable Integer other) {
    if (other != null) {
      int first = root(one);
      int second = root(other);
      parents.set(Math.max(first, second), Math.min(first, second));
    }
  }

  private int root(int one) {
    int root = one;
    while (parents.get(root) != root) {
      parents.set(root, parents.get(parents.get(root)));
      root = parents.get(root);
    }
    return root;
  }

  /** The parts, as positions of their namespaces in the order of adding. */
  List<List<Integer>> parts() {
    seen.values().forEach(this::joinWildcards);
    for (int own = 0; own < names.size(); own++) {
      // Who calls from a gateway's namespace sees what the gateway sees.
      for (int user : users.getOrDefault(names.get(own), Set.of())) {
        join(own, user);
      }
    }
    Map<Integer, List<Integer>> parts = new TreeMap<>();
    for (int own = 0; own < names.size(); own++) {
      parts.computeIfAbsent(isOne ? 0 : root(own), r -> new ArrayList<>()).add(own);
    }
    return List.copyOf(parts.values());
  }

  private void joinWildcards(Map<String, Integer> hosts) {
    boolean any = hosts.keySet().stream().anyMatch(host -> host.startsWith("*"));
    if (!any) {
      return;
    }
    hosts.forEach(
        (host, own) -> {
          String name = host.startsWith("*.") ? host.substring(2) : host;
          for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            join(own, hosts.get("*" + name.substring(dot)));
          }
        });
  }
}
