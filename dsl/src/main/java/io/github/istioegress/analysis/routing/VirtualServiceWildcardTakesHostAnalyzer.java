package io.github.istioegress.analysis.routing;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR321: the route of a wildcard takes a host that a ServiceEntry declares by itself, and the
 * gateway sends its calls to the server of the wildcard.
 */
final class VirtualServiceWildcardTakesHostAnalyzer implements Analyzer {

  /** Where these lead, the call says by its own name or address. */
  private static final Set<String> AS_CALLED = Set.of("ORIGINAL_DST", "DYNAMIC_DNS");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    for (Followed call : context.traffic().all()) {
      String host = call.destination().host();
      if (call.destination().origin() != Origin.DECLARED
          || call.destination().isWildcard()
          || !call.reachesGateway()
          || !call.trace().outcome().leaves()) {
        continue;
      }
      Optional<RouteRule> rule =
          context
              .meshRules()
              .of(host, call.caller().namespace())
              .filter(one -> !one.hosts().contains(host) && isBy(call, one));
      Hop last = last(call);
      if (rule.isPresent() && !last.host().equals(host) && !AS_CALLED.contains(last.discovery())) {
        String wildcard =
            rule.get().hosts().stream()
                .filter(one -> HostMatch.covered(host, one))
                .findFirst()
                .orElse("");
        out.accept(
            Manifest.finding(
                    rule.get().resource(),
                    RoutingCode.WILDCARD_TAKES_HOST,
                    "spec.hosts[" + rule.get().hosts().indexOf(wildcard) + "]",
                    rule.get().resource().key(),
                    wildcard,
                    host,
                    call.destination().resources().get(0),
                    call.trace().branches().get(0).destination())
                .related(List.of(Manifest.subject(call.destination().resources().get(0))))
                .tracedAs(call.line()));
      }
    }
  }

  private static boolean isBy(Followed call, RouteRule rule) {
    return call.hops()
        .anyMatch(
            hop ->
                hop.decisions().stream()
                    .anyMatch(one -> one.resource().equals(rule.resource().key())));
  }

  private static Hop last(Followed call) {
    List<Hop> hops = call.trace().branches().get(0).hops();
    return hops.get(hops.size() - 1);
  }
}
