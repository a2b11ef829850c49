package io.github.istioegress.expansion;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;
import org.approvaltests.Approvals;
import org.approvaltests.core.Options;
import org.junit.jupiter.api.Test;

/** Corners of the expansion as YAML, to be read by people. */
class CornersTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443);

  private static void verify(Expanded expanded) {
    Approvals.verify(expanded.yaml(), new Options().forFile().withExtension(".yaml"));
  }

  @Test
  void twoGatewaysInOneNamespace() {
    verify(
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY),
            Egress.to("b.example").port(80).via(EDGE),
            Egress.to("c.example").port(443).via(GATEWAY),
            Egress.to("d.example").port(443).via(EDGE)));
  }

  @Test
  void oneHostWithOneGatewayAPort() {
    verify(
        Expanded.shop(
            Egress.to("edition.cnn.com").port(80).via(GATEWAY),
            Egress.to("edition.cnn.com").port(443).via(EDGE)));
  }

  @Test
  void twoGatewaysOfOneNameInTwoNamespaces() {
    EgressGateway other =
        EgressGateway.named("istio-egressgateway")
            .in("egress")
            .labelled("istio", "egressgateway")
            .port(443, 8443);
    verify(
        Expanded.shop(
            Egress.to("a.example").port(443).via(GATEWAY),
            Egress.to("b.example").port(443).via(other)));
  }

  @Test
  void namesOfLiveObjectsAreAdopted() {
    verify(
        Expanded.of(
            EgressPlan.on(Mesh.istio(new IstioVersion(1, 21)))
                .namespace(
                    MeshNamespace.named("news").labelled("istio.io/rev", "1-21"),
                    Egress.to("edition.cnn.com")
                        .port(80)
                        .via(GATEWAY)
                        .named("cnn.news")
                        .portNamed("http-port")
                        .subset("through-gateway")
                        .gatewayNamed("egress")
                        .destinationRuleNamed("egressgateway-for-cnn")
                        .virtualServiceNamed("cnn")
                        .visible(Visibility.MESH_DEFAULT),
                    Egress.to("edition.cnn.com")
                        .port(443)
                        .via(GATEWAY)
                        .portNamed("https")
                        .declaredAs(DeclaredProtocol.HTTPS))));
  }

  @Test
  void aGatewayAmongItsCallers() {
    EgressGateway own =
        EgressGateway.named("shop-egress").in("shop").labelled("app", "egress").port(443, 8443);
    verify(
        Expanded.shop(
            Egress.to("a.example").port(443).via(own), Egress.to("b.example").http(8080).direct()));
  }

  @Test
  void adoptedAndNewHostsThroughOneGateway() {
    verify(
        Expanded.shop(
            Egress.to("a.example").port(80).via(GATEWAY).visible(Visibility.MESH_DEFAULT),
            Egress.to("b.example").port(80).via(GATEWAY)));
  }
}
