package io.github.istioegress.analysis.reference;

import io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.CallingProxy;
import io.github.istioegress.analysis.context.Leg;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.ReferenceCode;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.trace.registry.DestinationPolicy;
import io.github.istioegress.trace.registry.RegistryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why a proxy does not use the DestinationRule that defines a subset. */
final class SubsetOutOfReach {

  private SubsetOutOfReach() {}

  static Finding finding(
      AnalysisContext context,
      Leg leg,
      Leg.Target target,
      List<CallingProxy> without,
      Manifest<DestinationRule> rule) {
    CallingProxy proxy = without.get(0);
    String namespace = proxy.scope().namespace();
    RegistryService service = proxy.scope().service(target.host()).orElseThrow();
    Optional<DestinationPolicy> own = proxy.scope().destinationPolicy(service);
    String root = context.model().config().rootNamespace();
    boolean looksThere = List.of(namespace, service.namespace(), root).contains(rule.namespace());
    String why;
    String remedy;
    if (own.isPresent()) {
      ResourceKey there = own.get().from().resource();
      why =
          there.namespace().equals(rule.namespace())
              ? "%s holds there, and the two do not merge, for they are exported or select differently"
                  .formatted(there)
              : "%s holds there, and rules of two namespaces are not merged".formatted(there);
      remedy = "Add subset %s to %s, too".formatted(target.subset(), there);
    } else if (!looksThere) {
      why =
          "they look in their own namespace, in that of the service (%s) and in %s"
              .formatted(service.namespace(), root);
      remedy =
          "Move the rule to namespace %s, where all callers look, or repeat it in %s"
              .formatted(service.namespace(), namespace);
    } else {
      why =
          rule.spec().getWorkloadSelector() == null
              ? "it is exported to %s".formatted(rule.spec().getExportTo())
              : "its workloadSelector does not select them";
      remedy = "Export it to %s, or repeat it there".formatted(namespace);
    }
    List<ResourceKey> related = new ArrayList<>(List.of(rule.key()));
    own.map(policy -> policy.from().resource()).ifPresent(related::add);
    return leg.finding(
            ReferenceCode.SUBSET_OUT_OF_REACH,
            target.path() + ".subset",
            leg.resource().key(),
            target.subset(),
            target.host(),
            rule.key(),
            VirtualServiceMissingSubsetAnalyzer.names(without),
            why,
            remedy)
        .related(related.stream().map(Manifest::subject).toList());
  }
}
