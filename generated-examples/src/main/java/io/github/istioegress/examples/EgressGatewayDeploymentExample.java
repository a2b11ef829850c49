package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;

/**
 * A gateway of one's own, brought up by the same value that its routes use: Deployment, Service,
 * autoscaler and budget, with its ports named by what is sent through them.
 */
public final class EgressGatewayDeploymentExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway edge =
        EgressGateway.named("edge")
            .in("egress")
            .labelled("istio", "edge")
            .port(80, 8080)
            .port(443, 8443)
            .port(9090, 9090);
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_31)
            .registryOnly()
            .installed(IstioInstall.named("istio-control-plane").profile("minimal"));
    return EgressPlan.on(mesh)
        .deploying(GatewayDeployment.of(edge).replicas(2, 8).requests("200m", "256Mi"))
        .namespace(
            MeshNamespace.named("shop").injected(),
            Egress.to("api.stripe.com").tls(443).via(edge.overIstioMutualTls()),
            Egress.to("rates.partner.example").grpc(9090).via(edge),
            Egress.to("b2b.partner.example")
                .http(80)
                .originateTls()
                .clientCertificate("partner-client")
                .via(edge.overIstioMutualTls()));
  }
}
