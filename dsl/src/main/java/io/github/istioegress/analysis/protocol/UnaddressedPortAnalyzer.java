package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.trace.registry.ExportTo;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * EGR211: a port of bytes without an address: the sidecar hears it at all addresses, and what comes
 * there goes to this host, whomever the application meant.
 */
final class UnaddressedPortAnalyzer implements Analyzer {

  private static final Set<Integer> USED_BY_OTHERS = Set.of(80, 443, 3306, 27017);
  private static final int MOST_NAMED = 3;

  /** A port of an entry that is heard at all addresses. */
  private record Heard(RegistryService service, ServicePort port) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    boolean ambientOnly =
        !context.callers().isEmpty()
            && context.callers().stream().allMatch(row -> row.proxy() == ReachCaller.Proxy.ZTUNNEL);
    if (ambientOnly) {
      // There each host has an address, which ztunnel answers.
      return;
    }
    Map<Integer, List<Heard>> byPort = new TreeMap<>();
    for (RegistryService service : context.model().registry().all()) {
      if (!service.kubernetes() && service.address().equals(RegistryService.ANY_ADDRESS)) {
        for (ServicePort port : service.ports()) {
          if (isOfBytes(port.protocol())) {
            byPort
                .computeIfAbsent(port.number(), number -> new ArrayList<>())
                .add(new Heard(service, port));
          }
        }
      }
    }
    List<String> byDefault = context.model().config().exportDefaults().services();
    byPort.values().forEach(heard -> judge(heard, byDefault, out));
  }

  private static boolean isOfBytes(Protocol protocol) {
    return protocol.isSniffed() || (protocol.isTcp() && !protocol.isTls());
  }

  private static void judge(List<Heard> heard, List<String> byDefault, Consumer<Finding> out) {
    Map<String, TreeSet<String>> hostsBySeer = new TreeMap<>();
    for (Heard one : heard) {
      seers(one, byDefault)
          .forEach(
              seer ->
                  hostsBySeer
                      .computeIfAbsent(seer, name -> new TreeSet<>())
                      .add(one.service().hostname()));
    }
    TreeSet<String> publics = hostsBySeer.getOrDefault("*", new TreeSet<>());
    for (Heard one : heard) {
      TreeSet<String> others = new TreeSet<>();
      Set<String> seers = seers(one, byDefault);
      for (String seer : seers.contains("*") ? hostsBySeer.keySet() : seers) {
        others.addAll(
            hostsBySeer.getOrDefault(seer, new TreeSet<>()).stream()
                .limit(MOST_NAMED + 1)
                .toList());
      }
      publics.stream().limit(MOST_NAMED + 1).forEach(others::add);
      others.remove(one.service().hostname());
      out.accept(finding(one, others));
    }
  }

  /** The namespaces that see it; a star for all. */
  private static Set<String> seers(Heard one, List<String> byDefault) {
    Set<String> seers = new TreeSet<>();
    for (String said : ExportTo.effective(one.service().exportTo(), byDefault)) {
      seers.add(said.equals(".") ? one.service().namespace() : said);
    }
    return seers;
  }

  private static Finding finding(Heard one, Set<String> others) {
    RegistryService service = one.service();
    List<Integer> numbers = service.ports().stream().map(ServicePort::number).toList();
    int number = one.port().number();
    boolean asDialled = service.resolution() == Resolution.NONE;
    boolean shared = !asDialled && !others.isEmpty();
    String caught =
        asDialled
            ? "lets every connection to port %s pass, to whatever address".formatted(number)
            : shared
                ? "and %s share the port, so that the oldest gets the connections of all"
                    .formatted(String.join(", ", others.stream().limit(MOST_NAMED).toList()))
                : "gets every connection to port %s, whomever it is for%s"
                    .formatted(
                        number,
                        USED_BY_OTHERS.contains(number)
                            ? ", those to undeclared hosts that use this well-known port included"
                            : "");
    Finding finding =
        Manifest.finding(
            service.source(),
            ProtocolCode.PORT_WITHOUT_ADDRESS,
            "spec.ports[" + numbers.indexOf(number) + "].number",
            service.source().key(),
            number,
            one.port().protocol() == Protocol.UNSUPPORTED ? "no protocol" : one.port().protocol(),
            service.hostname(),
            caught);
    return shared ? finding.as(Severity.ERROR) : finding;
  }
}
