package io.github.istioegress.trace.envoy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Filter chains by the server names that they take, in their order. */
final class ChainNames {

  private final Map<String, List<FilterChain>> byName = new HashMap<>();
  private final List<FilterChain> others = new ArrayList<>();

  ChainNames(List<FilterChain> chains) {
    for (FilterChain chain : chains) {
      if (chain.serverNames().isEmpty() || chain.serverNames().contains("*")) {
        others.add(chain);
        continue;
      }
      Set<String> names = new LinkedHashSet<>();
      chain.serverNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
      names.forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(chain));
    }
  }

  /** The chains of a server name: of itself, else of the longest wildcard, else of any name. */
  List<FilterChain> named(String sni) {
    if (!sni.isEmpty()) {
      List<FilterChain> found = byName.get(sni);
      for (int dot = sni.indexOf('.', 1);
          found == null && dot > 0;
          dot = sni.indexOf('.', dot + 1)) {
        found = byName.get("*" + sni.substring(dot));
      }
      if (found != null) {
        return found;
      }
    }
    return others;
  }
}
