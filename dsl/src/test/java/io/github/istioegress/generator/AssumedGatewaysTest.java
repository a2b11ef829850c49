package io.github.istioegress.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A module's own manifests show no gateway's Service; asking of a call goes on all the same. */
class AssumedGatewaysTest {

  private static final EgressGateway ONE = EgressGateway.istioDefault();
  private static final EgressGateway OTHER =
      EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(443, 8443);

  private static String explained(String manifests, String url) {
    return EgressExplainer.explain(
            new EgressExplainer.Request(
                List.of(new SourceFile("shop.yaml", manifests)),
                Optional.empty(),
                url,
                "shop",
                Optional.empty(),
                OutboundTrafficPolicy.REGISTRY_ONLY,
                EgressExplainer.MissingGateways.ARE_ASSUMED,
                "text"))
        .text();
  }

  @ParameterizedTest
  @EnumSource(Visibility.class)
  void eachOfAHostsGatewaysIsAssumedAsItsServersAsk(Visibility visibility) {
    String manifests =
        Expanded.shop(
                Egress.to("a.example").port(80).via(ONE).visible(visibility),
                Egress.to("a.example").port(443).via(OTHER).visible(visibility))
            .yaml();
    assertThat(explained(manifests, "http://a.example"))
        .contains("istio-system/istio-egressgateway: listener 0.0.0.0_8080")
        .contains("(EXTERNAL, via-gateway)");
    assertThat(explained(manifests, "https://a.example"))
        .contains("egress/edge: listener 0.0.0.0_8443")
        .contains("(EXTERNAL, via-gateway)");
  }

  @ParameterizedTest
  @EnumSource(Visibility.class)
  void aRouteToAPortWithoutAServerIsStillToldToTheGateway(Visibility visibility) {
    String mistaken =
        Expanded.shop(Egress.to("a.example").port(80).via(ONE).visible(visibility))
            .yaml()
            .replace("- port:\n        number: 80\n", "- port:\n        number: 81\n");
    assertThat(mistaken).contains("number: 81");
    assertThat(explained(mistaken, "http://a.example"))
        .contains("istio-system/istio-egressgateway")
        .contains("BLOCKED");
  }

  @org.junit.jupiter.api.Test
  void whatARouteIsForIsNoGatewayOnTheWay() {
    String host = "nginx.outside.svc.cluster.local";
    String manifests =
        Expanded.shop(Egress.to("a.example").port(80).via(ONE)).yaml().replace("a.example", host);
    assertThat(explained(manifests, "http://" + host))
        .contains("istio-system/istio-egressgateway")
        .doesNotContain("gateway outside/nginx");
  }
}
