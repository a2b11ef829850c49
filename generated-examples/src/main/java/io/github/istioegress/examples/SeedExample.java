package io.github.istioegress.examples;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.dsl.EgressDefinition;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.DeclaredProtocol;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;

/**
 * A set that was once written by hand for Istio 1.7, adopted as it stands: the same names, the same
 * open visibility, and 443 past the gateway, which is visible here as a sentence of its own.
 */
public final class SeedExample implements EgressDefinition {

  @Override
  public EgressPlan define() {
    EgressGateway gateway = EgressGateway.istioDefault();
    Mesh mesh =
        Mesh.istio(IstioVersion.V1_7)
            .registryOnly()
            .accessLog("/dev/stdout")
            .installed(
                IstioInstall.named("istio-control-plane")
                    .addon(Addon.GRAFANA)
                    .addon(Addon.PROMETHEUS)
                    .addon(Addon.TRACING)
                    .addon(Addon.KIALI)
                    .onNodes("beta.kubernetes.io/os", "linux")
                    .value("kiali.dashboard.auth.strategy", "anonymous"));
    MeshNamespace namespace =
        MeshNamespace.named("akv2k8s-test")
            .injected()
            .labelled("azure-key-vault-env-injection", "enabled");
    return EgressPlan.on(mesh)
        .namespace(
            namespace,
            Egress.to("edition.cnn.com")
                .port(80)
                .via(gateway)
                .named("cnn")
                .portNamed("http-port")
                .destinationRuleNamed("egressgateway-for-cnn")
                .visible(Visibility.MESH_DEFAULT),
            Egress.to("edition.cnn.com")
                .port(443)
                .direct()
                .portNamed("https")
                .declaredAs(DeclaredProtocol.HTTPS));
  }
}
