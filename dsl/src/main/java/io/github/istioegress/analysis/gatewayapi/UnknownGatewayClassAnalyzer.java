package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewaySpec;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.analysis.context.NearMiss;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** EGR808: a Gateway of a class that nobody makes: one that is not there, or a slip of Istio's. */
final class UnknownGatewayClassAnalyzer implements Analyzer {

  private static final Set<String> OF_ISTIO =
      Set.of("istio", "istio-waypoint", "istio-remote", "istio-east-west");

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    TreeSet<String> known = new TreeSet<>(OF_ISTIO);
    List<Resource> classes = context.resources().of(ResourceKind.GATEWAY_CLASS);
    classes.forEach(one -> known.add(one.key().name()));
    List<Manifest<GatewaySpec>> gateways =
        context.typed(ResourceKind.KUBERNETES_GATEWAY, Gateway::getSpec);
    for (Manifest<GatewaySpec> gateway : gateways) {
      String name = gateway.spec().getGatewayClassName();
      if (name == null || known.contains(name)) {
        continue;
      }
      // Other implementations have classes of their own, whose manifests may be elsewhere.
      Optional<String> near = NearMiss.of(name, known);
      if (near.isPresent() || !classes.isEmpty()) {
        out.accept(
            gateway.finding(
                GatewayApiCode.CLASS_NOT_FOUND,
                "spec.gatewayClassName",
                gateway.key(),
                name,
                near.orElse("one of " + String.join(", ", known))));
      }
    }
  }
}
