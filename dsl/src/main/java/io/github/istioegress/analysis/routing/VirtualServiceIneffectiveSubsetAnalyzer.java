package io.github.istioegress.analysis.routing;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.RoutingCode;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** EGR318: a route at a gateway sends to a subset of an outside host that says nothing. */
final class VirtualServiceIneffectiveSubsetAnalyzer implements Analyzer {

  private record Name(String host, String subset) {}

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<Name, Boolean> says = new HashMap<>();
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() != null) {
        String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
        for (Subset subset : rule.spec().getSubsets()) {
          if (subset.getName() != null) {
            // One that says something counts, wherever it stands.
            says.merge(new Name(host, subset.getName()), says(subset), Boolean::logicalOr);
          }
        }
      }
    }
    for (Leg leg : context.legs()) {
      if (!leg.isOfGateway() || leg.isOfMesh()) {
        continue;
      }
      for (Leg.Target target : leg.targets()) {
        Optional<Boolean> effect =
            Optional.ofNullable(says.get(new Name(target.host(), target.subset())));
        boolean has =
            context.proxiesOf(leg).stream().anyMatch(proxy -> isOutside(proxy, target.host()));
        if (has && effect.isPresent() && !effect.get()) {
          out.accept(
              leg.finding(
                  RoutingCode.SUBSET_WITHOUT_EFFECT,
                  target.path() + ".subset",
                  leg.resource().key(),
                  target.subset(),
                  target.host()));
        }
      }
    }
  }

  private static boolean isOutside(CallingProxy proxy, String host) {
    return proxy.scope().service(host).filter(service -> !service.kubernetes()).isPresent();
  }

  private static boolean says(Subset subset) {
    boolean labels = subset.getLabels() != null && !subset.getLabels().isEmpty();
    return labels || subset.getTrafficPolicy() != null;
  }
}
