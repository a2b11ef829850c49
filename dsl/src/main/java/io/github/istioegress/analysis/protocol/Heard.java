package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A port of bytes that sidecars hear at all addresses, because its entry says none.
 *
 * @param service the host
 * @param port the port
 */
record Heard(RegistryService service, ServicePort port) {

  /** How many hosts a message names. */
  static final int MOST_NAMED = 3;

  private static final int HIGHEST = 65535;

  /** All of a set, those of one port together. */
  static Collection<List<Heard>> byPort(AnalysisContext context) {
    Map<Integer, List<Heard>> byPort = new TreeMap<>();
    for (RegistryService service : context.model().registry().all()) {
      if (!service.kubernetes() && service.address().equals(RegistryService.ANY_ADDRESS)) {
        for (ServicePort port : service.ports()) {
          // A number that is no port is told by EGR606.
          if (isOfBytes(port.protocol()) && port.number() > 0 && port.number() <= HIGHEST) {
            byPort
                .computeIfAbsent(port.number(), number -> new ArrayList<>())
                .add(new Heard(service, port));
          }
        }
      }
    }
    return byPort.values();
  }

  private static boolean isOfBytes(Protocol protocol) {
    return protocol.isSniffed() || (protocol.isTcp() && !protocol.isTls());
  }

  /** With each the hosts on the same port that somebody sees beside it. */
  static Map<Heard, Set<String>> othersOf(List<Heard> heard, List<String> byDefault) {
    Map<String, TreeSet<String>> hostsBySeer = new TreeMap<>();
    for (Heard one : heard) {
      one.seers(byDefault)
          .forEach(
              seer ->
                  hostsBySeer
                      .computeIfAbsent(seer, name -> new TreeSet<>())
                      .add(one.service().hostname()));
    }
    TreeSet<String> publics = hostsBySeer.getOrDefault("*", new TreeSet<>());
    Map<Heard, Set<String>> othersOf = new LinkedHashMap<>();
    for (Heard one : heard) {
      TreeSet<String> others = new TreeSet<>();
      Set<String> seers = one.seers(byDefault);
      for (String seer : seers.contains("*") ? hostsBySeer.keySet() : seers) {
        others.addAll(
            hostsBySeer.getOrDefault(seer, new TreeSet<>()).stream()
                .limit(MOST_NAMED + 1)
                .toList());
      }
      publics.stream().limit(MOST_NAMED + 1).forEach(others::add);
      others.remove(one.service().hostname());
      othersOf.put(one, others);
    }
    return othersOf;
  }

  /** The namespaces that see it; a star for all. */
  private Set<String> seers(List<String> byDefault) {
    Set<String> seers = new TreeSet<>();
    for (String said : ExportTo.effective(service.exportTo(), byDefault)) {
      seers.add(said.equals(".") ? service.namespace() : said);
    }
    return seers;
  }
}
