package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.resource.HostMatch;
import io.github.istioegress.trace.registry.RegistryService;
import io.github.istioegress.trace.registry.ResolvedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * EGR102 and EGR103: a route leads to a subset that no DestinationRule defines, or none that the
 * calling proxy looks at. A host of which the manifests show nothing has its rules elsewhere, too.
 */
final class VirtualServiceMissingSubsetAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Map<String, Map<String, Manifest<DestinationRule>>> definers = definers(context);
    for (Leg leg : context.legs()) {
      for (Leg.Target target : leg.targets()) {
        if (target.subset().isEmpty()) {
          continue;
        }
        List<CallingProxy> without =
            context.proxiesOf(leg).stream().filter(proxy -> lacks(proxy, target)).toList();
        if (without.isEmpty()) {
          continue;
        }
        Optional<Manifest<DestinationRule>> definer =
            HostMatch.mostSpecific(target.host(), definers.getOrDefault(target.subset(), Map.of()));
        out.accept(
            definer
                .map(rule -> SubsetOutOfReach.finding(context, leg, target, without, rule))
                .orElseGet(() -> notDefined(leg, target, without))
                .tracedAs(target.mirror() ? "" : context.failing(leg)));
      }
    }
  }

  /** Rules by the subset that they define, and by its host. */
  private static Map<String, Map<String, Manifest<DestinationRule>>> definers(
      AnalysisContext context) {
    Map<String, Map<String, Manifest<DestinationRule>>> definers = new HashMap<>();
    for (Manifest<DestinationRule> rule : context.destinationRules()) {
      if (rule.spec().getHost() != null) {
        String host = ResolvedNames.host(rule.spec().getHost(), rule.namespace());
        rule.spec().getSubsets().stream()
            .filter(subset -> subset.getName() != null)
            .forEach(
                subset ->
                    definers
                        .computeIfAbsent(subset.getName(), name -> new HashMap<>())
                        .putIfAbsent(host, rule));
      }
    }
    return definers;
  }

  private static boolean lacks(CallingProxy proxy, Leg.Target target) {
    Optional<RegistryService> service = proxy.scope().service(target.host());
    return service.isPresent()
        && proxy
            .scope()
            .destinationPolicy(service.get())
            .flatMap(policy -> policy.subset(target.subset()))
            .isEmpty();
  }

  private static Finding notDefined(Leg leg, Leg.Target target, List<CallingProxy> without) {
    return leg.finding(
        ReferenceCode.SUBSET_NOT_DEFINED,
        target.path() + ".subset",
        leg.resource().key(),
        target.subset(),
        target.host(),
        names(without),
        "in namespace " + without.get(0).scope().namespace());
  }

  /** The proxies in words, the first of many. */
  static String names(List<CallingProxy> proxies) {
    return proxies.stream()
        .map(CallingProxy::name)
        .distinct()
        .limit(5)
        .collect(Collectors.joining(", "));
  }
}
