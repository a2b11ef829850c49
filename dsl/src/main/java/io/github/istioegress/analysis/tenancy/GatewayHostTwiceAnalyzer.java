package io.github.istioegress.analysis.tenancy;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.TenancyCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * EGR504 and EGR517: two Gateways of an egress gateway claim one host of a port, or a tenant's
 * wildcard lies around another tenant's host.
 */
final class GatewayHostTwiceAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    ServedHost.byDoor(context, Owners.of(context))
        .forEach(
            (door, hosts) -> {
              claimedTwice(door, hosts, out);
              covered(door, hosts, out);
            });
  }

  private static void claimedTwice(
      ServedHost.Door door, List<ServedHost> hosts, Consumer<Finding> out) {
    Map<String, Map<String, ServedHost>> claims = new HashMap<>();
    for (ServedHost one : hosts) {
      Map<String, ServedHost> byScope =
          claims.computeIfAbsent(one.host(), host -> new LinkedHashMap<>());
      Optional<ServedHost> other =
          one.scope().isEmpty()
              ? byScope.values().stream().findFirst()
              : Optional.ofNullable(byScope.get(one.scope()))
                  .or(() -> Optional.ofNullable(byScope.get("")));
      other
          .filter(first -> !first.gateway().key().equals(one.gateway().key()))
          .ifPresent(first -> tell(TenancyCode.HOST_CLAIMED_TWICE, door, one, first, out));
      byScope.putIfAbsent(one.scope(), one);
    }
  }

  private static void covered(ServedHost.Door door, List<ServedHost> hosts, Consumer<Finding> out) {
    Map<String, ServedHost> wildcards = new HashMap<>();
    hosts.stream()
        .filter(one -> one.host().startsWith("*."))
        .forEach(one -> wildcards.putIfAbsent(one.host().substring(1), one));
    if (wildcards.isEmpty()) {
      return;
    }
    for (ServedHost one : hosts) {
      String host = one.host();
      for (int dot = host.indexOf('.', host.startsWith("*") ? 2 : 0);
          dot >= 0;
          dot = host.indexOf('.', dot + 1)) {
        ServedHost around = wildcards.get(host.substring(dot));
        if (around != null && !around.owner().equals(one.owner())) {
          tell(TenancyCode.WILDCARD_AROUND_ANOTHERS, door, around, one, out);
          break;
        }
      }
    }
  }

  private static void tell(
      TenancyCode code,
      ServedHost.Door door,
      ServedHost one,
      ServedHost other,
      Consumer<Finding> out) {
    out.accept(
        one.gateway()
            .finding(
                code,
                one.path(),
                one.gateway().key(),
                one.host(),
                door.port(),
                other.gateway().key(),
                other.host(),
                door.pod().namespace() + "/" + door.pod().name())
            .related(List.of(Manifest.subject(other.gateway().key()))));
  }
}
