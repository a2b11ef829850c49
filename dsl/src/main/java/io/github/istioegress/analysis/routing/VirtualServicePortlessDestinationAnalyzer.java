package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * EGR313: a destination says no port, its host has several, and the port that the proxy takes is
 * the wrong one: at a gateway that of the server, not that of the call.
 */
final class VirtualServicePortlessDestinationAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Leg leg : context.legs()) {
      for (Leg.Target target : leg.targets()) {
        Set<Integer> ports = ports(context, target.host());
        if (target.port() == 0 && !target.mirror() && ports.size() > 1) {
          context.traffic().by(leg).stream()
              .flatMap(call -> finding(leg, target, ports, call).stream())
              .findFirst()
              .ifPresent(out);
        }
      }
    }
  }

  private static Set<Integer> ports(AnalysisContext context, String host) {
    TreeSet<Integer> ports = new TreeSet<>();
    context.model().registry().byNamespace(host).values().stream()
        .flatMap(service -> service.ports().stream())
        .map(ServicePort::number)
        .forEach(ports::add);
    return ports;
  }

  private static Optional<Finding> finding(
      Leg leg, Leg.Target target, Set<Integer> ports, Followed call) {
    Optional<Hop> hop =
        call.hops()
            .filter(one -> Followed.isBy(one, leg) && one.host().equals(target.host()))
            .findFirst();
    List<String> warnings = call.trace().warnings();
    boolean leaves = call.trace().outcome().leaves();
    boolean ends = hop.filter(one -> one.equals(last(call))).isPresent();
    boolean lacks = hop.filter(one -> !ports.contains(one.port())).isPresent();
    if (!ends || !(lacks || (leaves && !warnings.isEmpty()))) {
      return Optional.empty();
    }
    return Optional.of(
        leg.finding(
                RoutingCode.DESTINATION_WITHOUT_PORT,
                target.path() + ".host",
                leg.resource().key(),
                target.host(),
                ports.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                hop.get().port(),
                leaves ? warnings.get(0) : call.trace().detail())
            .tracedAs(call.line()));
  }

  private static Hop last(Followed call) {
    List<Hop> hops = call.trace().branches().get(0).hops();
    return hops.get(hops.size() - 1);
  }
}
