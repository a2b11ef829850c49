package io.github.istioegress.analysis.exposure;

import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Followed;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.reach.ReachDestination.Origin;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.registry.Metadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * EGR401: one declared port of a host goes through a gateway, and another leaves straight from the
 * sidecar. A port that the gateway itself dials is told only where tenants are kept apart.
 */
final class ServiceEntryPartlyRoutedAnalyzer implements Analyzer {

  private record Port(ResourceKey entry, String host, int number) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<ResourceKey, Manifest<ServiceEntry>> entries = new HashMap<>();
    context.serviceEntries().forEach(one -> entries.put(one.key(), one));
    Set<Port> told = new HashSet<>();
    for (List<Followed> calls : context.traffic().byCallerAndHost()) {
      List<Followed> routed = calls.stream().filter(Followed::reachesGateway).toList();
      if (routed.isEmpty() || routed.size() == calls.size()) {
        continue;
      }
      Set<Integer> ofGateway =
          routed.stream()
              .flatMap(Followed::hops)
              .filter(Hop::gateway)
              .map(Hop::port)
              .collect(Collectors.toSet());
      for (Followed call : calls) {
        if (call.leavesDirectly()
            && !isMeant(context, call)
            && call.destination().origin() == Origin.DECLARED) {
          int number = call.trace().call().port();
          if (ofGateway.contains(number) && !context.isIsolated()) {
            continue;
          }
          call.destination().resources().stream()
              .filter(key -> told.add(new Port(key, call.destination().host(), number)))
              .map(entries::get)
              .filter(entry -> entry != null)
              .map(entry -> finding(entry, call, routed.get(0)))
              .forEach(out);
        }
      }
    }
  }

  private static boolean isMeant(AnalysisContext context, Followed call) {
    return context
        .setting()
        .direct()
        .contains(
            "%s/%s:%s"
                .formatted(
                    call.caller().namespace(),
                    call.destination().host(),
                    call.trace().call().port()));
  }

  private static Finding finding(Manifest<ServiceEntry> entry, Followed call, Followed routed) {
    int number = call.trace().call().port();
    List<ServicePort> ports = entry.spec().getPorts();
    int index = 0;
    for (int i = 0; i < ports.size(); i++) {
      index = Metadata.number(ports.get(i).getNumber()) == number ? i : index;
    }
    return entry
        .finding(
            ExposureCode.PORT_PAST_GATEWAY,
            "spec.ports[" + index + "]",
            entry.key(),
            number,
            call.destination().host(),
            routed.trace().call().port(),
            call.caller().namespace())
        .tracedAs(call.line());
  }
}
