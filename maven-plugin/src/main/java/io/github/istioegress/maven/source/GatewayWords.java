package io.github.istioegress.maven.source;

import com.palantir.javapoet.CodeBlock;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.GatewayPort;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An egress gateway in the words of the language. */
final class GatewayWords {

  private GatewayWords() {}

  static CodeBlock of(EgressGateway gateway) {
    if (gateway.flavor() == GatewayFlavor.GATEWAY_API) {
      return Code.of(
          "$T.gatewayApi($S).in($S)",
          EgressGateway.class,
          gateway.gatewayName(),
          gateway.namespace());
    }
    EgressGateway standard = EgressGateway.istioDefault();
    boolean usual =
        gateway.name().equals(standard.name())
            && gateway.namespace().equals(standard.namespace())
            && gateway.labels().equals(standard.labels())
            && gateway.ports().containsAll(standard.ports());
    Words words;
    if (usual) {
      words = Words.of("$T.istioDefault()", EgressGateway.class);
    } else {
      words = Words.of("$T.named($S)", EgressGateway.class, gateway.name());
      words.and(".in($S)", gateway.namespace());
      for (Map.Entry<String, String> label : new TreeMap<>(gateway.labels()).entrySet()) {
        words.and(".labelled($S, $S)", label.getKey(), label.getValue());
      }
    }
    for (GatewayPort port : gateway.ports()) {
      if (!usual || !standard.ports().contains(port)) {
        words.and(".port($L, $L)", port.port(), port.targetPort());
      }
    }
    return words.block();
  }

  static CodeBlock deployment(GatewayDeployment deployment, CodeBlock gateway) {
    GatewayDeployment standard = GatewayDeployment.of(deployment.gateway());
    Words words = Words.of("$T.of($L)", GatewayDeployment.class, gateway);
    if (!deployment.isByManifests()) {
      words.and(".byIstioInstallation()");
    }
    if (deployment.home() == GatewayDeployment.Home.EXISTING) {
      words.and(".inExistingNamespace()");
    }
    if (deployment.replicas().isFixed()) {
      words.and(".replicas($L)", deployment.replicas().atLeast());
    } else if (!deployment.replicas().equals(standard.replicas())) {
      words.and(
          ".replicas($L, $L)", deployment.replicas().atLeast(), deployment.replicas().atMost());
    }
    if (!deployment.requests().equals(standard.requests())) {
      words.and(".requests($S, $S)", deployment.requests().cpu(), deployment.requests().memory());
    }
    if (!deployment.limits().equals(standard.limits())) {
      words.and(".limits($S, $S)", deployment.limits().cpu(), deployment.limits().memory());
    }
    if (!deployment.revision().isEmpty()) {
      words.and(".revision($S)", deployment.revision());
    }
    return words.block();
  }

  /** The name of its constant. */
  static String constant(EgressGateway gateway) {
    String made = gateway.gatewayName().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return Character.isDigit(made.charAt(0)) ? "GATEWAY_" + made : made;
  }
}
