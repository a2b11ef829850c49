package io.github.istioegress.analysis.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewaySpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.analysis.context.Manifest;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.GatewayApiCode;
import io.github.istioegress.resource.ResourceKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** EGR805: two listeners of a Gateway cannot be told apart. */
final class ListenerTwiceAnalyzer implements Analyzer {

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    List<Manifest<GatewaySpec>> gateways =
        context.typed(ResourceKind.KUBERNETES_GATEWAY, Gateway::getSpec);
    for (Manifest<GatewaySpec> gateway : gateways) {
      Map<String, String> known = new HashMap<>();
      for (int i = 0; i < gateway.spec().getListeners().size(); i++) {
        Listener listener = gateway.spec().getListeners().get(i);
        String host = Objects.requireNonNullElse(listener.getHostname(), "");
        String what =
            "port %s, %s%s"
                .formatted(
                    listener.getPort(), listener.getProtocol(), host.isEmpty() ? "" : ", " + host);
        String other = known.putIfAbsent(what, Objects.requireNonNullElse(listener.getName(), ""));
        if (other != null) {
          out.accept(
              gateway.finding(
                  GatewayApiCode.LISTENER_TWICE,
                  "spec.listeners[" + i + "]",
                  gateway.key(),
                  listener.getName(),
                  what,
                  other));
        }
      }
    }
  }
}
