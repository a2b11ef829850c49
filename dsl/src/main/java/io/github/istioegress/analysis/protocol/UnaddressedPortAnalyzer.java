package io.github.istioegress.analysis.protocol;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ProtocolCode;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.registry.Protocol;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.Resolution;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR211: a port of bytes without an address: the sidecar hears it at all addresses, and what comes
 * there goes to this host, whomever the application meant.
 */
final class UnaddressedPortAnalyzer implements Analyzer {

  private static final Set<Integer> USED_BY_OTHERS = Set.of(80, 443, 3306, 27017);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    boolean ambientOnly =
        !context.callers().isEmpty()
            && context.callers().stream().allMatch(row -> row.proxy() == ReachCaller.Proxy.ZTUNNEL);
    if (ambientOnly) {
      // There each host has an address, which ztunnel answers.
      return;
    }
    List<String> byDefault = context.model().config().exportDefaults().services();
    Map<String, Caller> callers = context.traffic().callers();
    for (List<Heard> heard : Heard.byPort(context)) {
      Heard.othersOf(heard, byDefault)
          .forEach(
              (one, others) ->
                  out.accept(
                      finding(one, others)
                          .tracedAs(
                              Optional.ofNullable(callers.get(one.service().namespace()))
                                  .map(pod -> taken(context, pod, one))
                                  .orElse(""))));
    }
  }

  /** What becomes of a connection for somebody else, where this host gets it. */
  private static String taken(AnalysisContext context, Caller pod, Heard one) {
    Trace trace = context.trace(Call.to(pod, "tcp://undeclared.example:" + one.port().number()));
    return trace.branches().stream()
            .flatMap(branch -> branch.hops().stream())
            .anyMatch(hop -> hop.host().equals(one.service().hostname()))
        ? AnalysisContext.shortly(trace)
        : "";
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
                    .formatted(String.join(", ", others.stream().limit(Heard.MOST_NAMED).toList()))
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
