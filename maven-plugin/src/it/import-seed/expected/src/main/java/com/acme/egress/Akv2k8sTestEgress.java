package com.acme.egress;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;

/**
 * What {@code akv2k8s-test} may reach.
 */
public final class Akv2k8sTestEgress implements EgressDefinition {
  private static final EgressGateway ISTIO_EGRESSGATEWAY = EgressGateway.istioDefault();

  @Override
  public EgressPlan define() {
    var mesh = Mesh.istio(IstioVersion.V1_7);
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("akv2k8s-test")
                .labelled("azure-key-vault-env-injection", "enabled")
                .injected(),
            Egress.to("edition.cnn.com")
                .http(80)
                .via(ISTIO_EGRESSGATEWAY)
                .named("cnn")
                .portNamed("http-port")
                .destinationRuleNamed("egressgateway-for-cnn")
                .visible(Visibility.MESH_DEFAULT),
            Egress.to("edition.cnn.com")
                .tls(443)
                .direct()
                .portNamed("https")
                .declaredAs(DeclaredProtocol.HTTPS));
  }
}
