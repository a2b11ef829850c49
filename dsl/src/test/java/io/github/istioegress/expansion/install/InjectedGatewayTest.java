package io.github.istioegress.expansion.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressExplainer;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GeneratedEgress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.layout.OutputLayouts;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InjectedGatewayTest {

  private static final EgressGateway EDGE =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443);
  private static final GatewayDeployment DEPLOYED = GatewayDeployment.of(EDGE);
  private static final Mesh MESH = Mesh.istio(IstioVersion.V1_31).registryOnly();

  private static EgressPlan plan(GatewayDeployment deployed, EgressIntent... sentences) {
    return EgressPlan.on(MESH)
        .namespace(MeshNamespace.named("shop").injected(), sentences)
        .deploying(deployed);
  }

  private static List<String> keys(EgressPlan plan, String namespace) {
    return Expanded.of(plan).resources().all().stream()
        .map(Resource::key)
        .map(Object::toString)
        .filter(key -> key.contains(namespace))
        .toList();
  }

  private static Object field(EgressPlan plan, ResourceKind kind, Object... path) {
    GenericKubernetesResource one =
        (GenericKubernetesResource) Expanded.of(plan).resources().of(kind).get(0).object();
    return Objects.requireNonNull(one.get(path));
  }

  private static GeneratedEgress generated(EgressPlan plan) {
    return new EgressGenerator(OutputLayouts.byDefault(), Optional.empty()).generate("x", plan);
  }

  @Test
  void whatOthersReferToComesFirst() {
    assertThat(keys(plan(DEPLOYED), "egress"))
        .containsExactly(
            "Namespace egress",
            "ServiceAccount egress/edge",
            "Service egress/edge",
            "Deployment egress/edge",
            "HorizontalPodAutoscaler egress/edge",
            "PodDisruptionBudget egress/edge");
  }

  @Test
  void selectorsHoldTheOneLabelThatNeverChanges() {
    EgressPlan plan = plan(GatewayDeployment.of(EDGE.labelled("team", "edges")));
    Map<String, String> app = Map.of("app", "edge");
    assertThat(field(plan, ResourceKind.DEPLOYMENT, "spec", "selector"))
        .isEqualTo(Map.of("matchLabels", app));
    assertThat(field(plan, ResourceKind.POD_DISRUPTION_BUDGET, "spec", "selector"))
        .isEqualTo(Map.of("matchLabels", app));
    assertThat(Expanded.of(plan).all(Service.class).get(0).getSpec().getSelector()).isEqualTo(app);
    assertThat(field(plan, ResourceKind.DEPLOYMENT, "spec", "template", "metadata", "labels"))
        .isEqualTo(
            Map.of(
                "app",
                "edge",
                "istio",
                "edge",
                "team",
                "edges",
                "sidecar.istio.io/inject",
                "true"));
  }

  @Test
  void aRevisionInjectsInPlaceOfTheDefault() {
    assertThat(
            field(
                plan(DEPLOYED.revision("canary")),
                ResourceKind.DEPLOYMENT,
                "spec",
                "template",
                "metadata"))
        .isEqualTo(
            Map.of(
                "labels",
                Map.of("app", "edge", "istio", "edge", "istio.io/rev", "canary"),
                "annotations",
                Map.of("inject.istio.io/templates", "gateway")));
  }

  @Test
  void aFixedNumberNeedsNoAutoscalerAndAnAutoscalersIsNotWritten() {
    EgressPlan fixed = plan(DEPLOYED.replicas(3));
    assertThat(field(fixed, ResourceKind.DEPLOYMENT, "spec", "replicas")).isEqualTo(3);
    assertThat(Expanded.of(fixed).resources().of(ResourceKind.HORIZONTAL_POD_AUTOSCALER)).isEmpty();
    assertThat(((Map<?, ?>) field(plan(DEPLOYED), ResourceKind.DEPLOYMENT, "spec")).keySet())
        .noneMatch("replicas"::equals);
  }

  @Test
  void onlyPortsBelow1024NeedTheKernelsLeave() {
    Object[] security = {"spec", "template", "spec", "securityContext"};
    Map<String, Object> usual =
        Map.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault"));
    assertThat(field(plan(DEPLOYED), ResourceKind.DEPLOYMENT, security)).isEqualTo(usual);
    GatewayDeployment low = GatewayDeployment.of(EDGE.port(22, 22));
    assertThat((Map<?, ?>) field(plan(low), ResourceKind.DEPLOYMENT, security))
        .extracting("sysctls")
        .isEqualTo(List.of(Map.of("name", "net.ipv4.ip_unprivileged_port_start", "value", "0")));
  }

  @Test
  void theNamespaceStaysToWhomItBelongs() {
    assertThat(keys(plan(DEPLOYED.inExistingNamespace()), "egress"))
        .doesNotContain("Namespace egress");
    GatewayDeployment root =
        GatewayDeployment.of(EgressGateway.istioDefault().labelled("app", "istio-egressgateway"));
    assertThat(keys(plan(root), "istio-system")).doesNotContain("Namespace istio-system");
    EgressGateway among =
        EgressGateway.named("edge").in("shop").labelled("istio", "edge").port(80, 8080);
    assertThat(Expanded.of(plan(GatewayDeployment.of(among))).yaml())
        .containsOnlyOnce("kind: Namespace")
        .contains("istio-injection: enabled");
  }

  @Test
  void secretsMayBeReadWhereAClientCertificateIsShown() {
    assertThat(
            keys(plan(DEPLOYED, Egress.to("a.example").http(80).originateTls().via(EDGE)), "egr"))
        .doesNotContain("Role egress/edge-sds");
    EgressPlan shown =
        plan(
            DEPLOYED,
            Egress.to("a.example")
                .http(80)
                .originateTls()
                .clientCertificate("client")
                .via(EDGE.overIstioMutualTls()));
    assertThat(keys(shown, "edge-sds"))
        .containsExactly("Role egress/edge-sds", "RoleBinding egress/edge-sds");
    assertThat(field(shown, ResourceKind.ROLE_BINDING, "subjects"))
        .isEqualTo(
            List.of(Map.of("kind", "ServiceAccount", "name", "edge", "namespace", "egress")));
  }

  @Test
  void itsPodsAreBoundToTheNodesOfIstiosPods() {
    EgressPlan plan =
        EgressPlan.on(MESH.installed(IstioInstall.named("istio").onNodes("os", "linux")))
            .deploying(DEPLOYED);
    assertThat(field(plan, ResourceKind.DEPLOYMENT, "spec", "template", "spec", "nodeSelector"))
        .isEqualTo(Map.of("os", "linux"));
  }

  @Test
  void istiosInstallationLeavesItOutAndOthersIn() {
    EgressPlan plan =
        EgressPlan.on(MESH.installed(IstioInstall.named("istio")))
            .namespace(
                MeshNamespace.named("shop"),
                Egress.to("a.example").port(80).via(EDGE),
                Egress.to("b.example").port(80).via(EgressGateway.istioDefault()))
            .deploying(DEPLOYED);
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan)))
        .extracting(values -> values.release())
        .containsExactly("istiod", "istio-egressgateway");
    assertThat(field(plan, ResourceKind.ISTIO_OPERATOR, "spec", "components", "egressGateways"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .extracting("name")
        .containsExactly("istio-egressgateway");
  }

  @Test
  void aPlanOfAGatewayAloneIsWritten() {
    assertThat(generated(EgressPlan.on(MESH).deploying(DEPLOYED)).files().files())
        .extracting(file -> file.path())
        .containsExactly("x/egress.yaml");
  }

  @Test
  void itsCallsAreTracedThroughWhatTheManifestsBringUp() {
    EgressIntent said = Egress.to("a.example").grpc(80).via(EDGE.overIstioMutualTls());
    GeneratedEgress generated = generated(plan(DEPLOYED, said));
    assertThat(generated.calls()).hasSize(1).allMatch(DeclaredCall::isAsSaid);
    assertThat(generated.resources().of(ResourceKind.SERVICE)).hasSize(1);
    List<SourceFile> manifests =
        generated.files().files().stream()
            .map(file -> new SourceFile(file.path(), file.text()))
            .toList();
    for (EgressExplainer.MissingGateways missing : EgressExplainer.MissingGateways.values()) {
      assertThat(
              EgressExplainer.explain(
                      new EgressExplainer.Request(
                          manifests,
                          Optional.empty(),
                          "http://a.example",
                          "shop",
                          Optional.empty(),
                          OutboundTrafficPolicy.REGISTRY_ONLY,
                          missing,
                          "text"))
                  .text())
          .contains("egress/edge: listener 0.0.0.0_8080")
          .contains("(EXTERNAL, via-gateway)")
          .doesNotContain("assumed");
    }
  }
}
