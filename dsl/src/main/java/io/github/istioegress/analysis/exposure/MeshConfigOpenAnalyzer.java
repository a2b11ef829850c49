package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.reach.ReachCaller;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.trace.Trace;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** EGR403: the mesh config lets undeclared calls pass, and calls are to use a gateway. */
final class MeshConfigOpenAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    if (!context.knows().meshConfig()
        || context.model().config().outboundTrafficPolicy() != OutboundTrafficPolicy.ALLOW_ANY) {
      return;
    }
    EgressPolicy policy = context.shared(EgressPolicy.class, EgressPolicy::new);
    Optional<Trace> open =
        context.callers().stream()
            .map(ReachCaller::pod)
            .filter(pod -> policy.wantsGateway(pod.namespace()))
            .flatMap(pod -> policy.passing(pod).stream())
            .findFirst();
    open.ifPresent(
        trace ->
            config(context)
                .map(
                    config ->
                        Manifest.finding(
                                config.getValue(),
                                ExposureCode.MESH_OPEN,
                                config.getKey(),
                                config.getValue().key(),
                                trace.call().from().namespace())
                            .tracedAs(AnalysisContext.shortly(trace)))
                .forEach(out));
  }

  private static Stream<java.util.Map.Entry<String, Resource>> config(AnalysisContext context) {
    return Stream.concat(
            context.resources().of(ResourceKind.CONFIG_MAP).stream()
                .filter(one -> one.key().name().equals("istio"))
                .map(one -> java.util.Map.entry("data.mesh", one)),
            context.resources().of(ResourceKind.ISTIO_OPERATOR).stream()
                .map(one -> java.util.Map.entry("spec.meshConfig", one)))
        .limit(1);
  }
}
