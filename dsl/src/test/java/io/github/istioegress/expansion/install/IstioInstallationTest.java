package io.github.istioegress.expansion.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IstioInstallationTest {

  private static final EgressGateway GATEWAY = EgressGateway.istioDefault();
  private static final IstioInstall INSTALL = IstioInstall.named("istio-control-plane");
  private static final List<Map<String, Object>> USUAL_PORTS =
      List.of(
          Map.of("name", "http2", "port", 80, "protocol", "TCP", "targetPort", 8080),
          Map.of("name", "https", "port", 443, "protocol", "TCP", "targetPort", 8443));

  private static Mesh mesh(String version) {
    return Mesh.istio(IstioVersion.parse(version)).registryOnly().accessLog("/dev/stdout");
  }

  private static EgressPlan plan(Mesh mesh, EgressGateway... gateways) {
    EgressPlan plan = EgressPlan.on(mesh);
    for (int i = 0; i < gateways.length; i++) {
      plan =
          plan.namespace(
              MeshNamespace.named("ns-" + i),
              Egress.to("a.example").tls(gateways[i].ports().get(0).port()).via(gateways[i]));
    }
    return plan;
  }

  private static Map<?, ?> spec(EgressPlan plan) {
    GenericKubernetesResource operator =
        IstioInstallation.operator(plan, PlanFacts.of(plan)).orElseThrow();
    return (Map<?, ?>) Objects.requireNonNull(operator.getAdditionalProperties().get("spec"));
  }

  private static Map<String, Object> values(EgressPlan plan, String release) {
    return IstioInstallation.helmValues(plan, PlanFacts.of(plan)).stream()
        .filter(values -> values.release().equals(release))
        .findFirst()
        .orElseThrow()
        .values();
  }

  @Test
  void withoutAnInstallationNothingIsInstalled() {
    EgressPlan plan = plan(mesh("1.31"), GATEWAY);
    assertThat(IstioInstallation.operator(plan, PlanFacts.of(plan))).isEmpty();
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan))).isEmpty();
    assertThat(Expansion.expand(plan).resources().of(ResourceKind.ISTIO_OPERATOR)).isEmpty();
  }

  @Test
  void theInstallationOf17HasAddons() {
    IstioInstall install =
        INSTALL
            .addon(Addon.GRAFANA)
            .addon(Addon.PROMETHEUS)
            .addon(Addon.TRACING)
            .addon(Addon.KIALI)
            .onNodes("beta.kubernetes.io/os", "linux")
            .value("kiali.dashboard.auth.strategy", "anonymous");
    EgressPlan plan = plan(mesh("1.7").installed(install), GATEWAY);
    GenericKubernetesResource operator =
        IstioInstallation.operator(plan, PlanFacts.of(plan)).orElseThrow();
    assertThat(operator.getApiVersion()).isEqualTo("install.istio.io/v1alpha1");
    assertThat(operator.getKind()).isEqualTo("IstioOperator");
    assertThat(operator.getMetadata().getName()).isEqualTo("istio-control-plane");
    assertThat(operator.getMetadata().getNamespace()).isEqualTo("istio-system");
    Map<String, Boolean> enabled = Map.of("enabled", true);
    assertThat(spec(plan))
        .isEqualTo(
            Map.of(
                "profile",
                "default",
                "addonComponents",
                Map.of(
                    "grafana",
                    enabled,
                    "prometheus",
                    enabled,
                    "tracing",
                    enabled,
                    "kiali",
                    enabled),
                "meshConfig",
                Map.of(
                    "accessLogFile",
                    "/dev/stdout",
                    "outboundTrafficPolicy",
                    Map.of("mode", "REGISTRY_ONLY")),
                "components",
                Map.of(
                    "egressGateways",
                    List.of(Map.of("name", "istio-egressgateway", "enabled", true))),
                "values",
                Map.of(
                    "global",
                    Map.of("defaultNodeSelector", Map.of("beta.kubernetes.io/os", "linux")),
                    "kiali",
                    Map.of("dashboard", Map.of("auth", Map.of("strategy", "anonymous"))))));
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan))).isEmpty();
  }

  @Test
  void theInstallationOfTodaySaysTheGatewaysLabelsAndService() {
    EgressPlan plan = plan(mesh("1.31").installed(INSTALL), GATEWAY);
    assertThat(spec(plan))
        .isEqualTo(
            Map.of(
                "profile",
                "default",
                "meshConfig",
                Map.of(
                    "accessLogFile",
                    "/dev/stdout",
                    "outboundTrafficPolicy",
                    Map.of("mode", "REGISTRY_ONLY")),
                "components",
                Map.of(
                    "egressGateways",
                    List.of(
                        Map.of(
                            "name",
                            "istio-egressgateway",
                            "enabled",
                            true,
                            "label",
                            Map.of("istio", "egressgateway"),
                            "k8s",
                            Map.of(
                                "service", Map.of("type", "ClusterIP", "ports", USUAL_PORTS)))))));
  }

  @Test
  void chartsGetTheSameMesh() {
    EgressPlan plan = plan(mesh("1.31").installed(INSTALL), GATEWAY);
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan)))
        .containsExactly(
            new HelmValues(
                "istiod",
                "istiod",
                "istio-system",
                Map.of(
                    "meshConfig",
                    Map.of(
                        "accessLogFile",
                        "/dev/stdout",
                        "outboundTrafficPolicy",
                        Map.of("mode", "REGISTRY_ONLY")))),
            new HelmValues(
                "istio-egressgateway",
                "gateway",
                "istio-system",
                Map.of(
                    "name",
                    "istio-egressgateway",
                    "labels",
                    Map.of("istio", "egressgateway"),
                    "service",
                    Map.of("type", "ClusterIP", "ports", USUAL_PORTS))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7", "1.8", "1.21"})
  void chartsAreOfTodayOnly(String version) {
    EgressPlan plan = plan(mesh(version).installed(INSTALL), GATEWAY);
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan))).isEmpty();
    assertThat(IstioInstallation.operator(plan, PlanFacts.of(plan))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.7", "1.21", "1.31"})
  void whatAGatewayHasBeyondIstiosOwnIsInstalledOnEveryRelease(String version) {
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(8443, 9443);
    assertThat(spec(plan(mesh(version).installed(INSTALL), edge)).get("components"))
        .isEqualTo(
            Map.of(
                "egressGateways",
                List.of(
                    Map.of(
                        "name",
                        "edge",
                        "namespace",
                        "egress",
                        "enabled",
                        true,
                        "label",
                        Map.of("istio", "edge"),
                        "k8s",
                        Map.of(
                            "service",
                            Map.of(
                                "type",
                                "ClusterIP",
                                "ports",
                                List.of(
                                    Map.of(
                                        "name",
                                        "tcp-8443",
                                        "port",
                                        8443,
                                        "protocol",
                                        "TCP",
                                        "targetPort",
                                        9443))))))));
  }

  @Test
  void aFurtherValueOfTheMeshConfigLeavesTheRestOfItInPlace() {
    IstioInstall install = INSTALL.value("meshConfig.enableTracing", "true");
    assertThat(values(plan(mesh("1.31").installed(install), GATEWAY), "istiod"))
        .isEqualTo(
            Map.of(
                "meshConfig",
                Map.of(
                    "accessLogFile",
                    "/dev/stdout",
                    "outboundTrafficPolicy",
                    Map.of("mode", "REGISTRY_ONLY"),
                    "enableTracing",
                    "true")));
  }

  @Test
  void furtherValuesNestByTheirPath() {
    IstioInstall install =
        INSTALL.value("a.b.c", "1").value("a.b.d", "2").value("a.e", "3").value("f", "4");
    assertThat(spec(plan(mesh("1.31").installed(install))).get("values"))
        .isEqualTo(Map.of("a", Map.of("b", Map.of("c", "1", "d", "2"), "e", "3"), "f", "4"));
  }

  @Test
  void valuesJoinTheNodeSelectorInOneTable() {
    IstioInstall install = INSTALL.onNodes("os", "linux").value("global.hub", "registry.example");
    assertThat(spec(plan(mesh("1.31").installed(install))).get("values"))
        .isEqualTo(
            Map.of(
                "global",
                Map.of("defaultNodeSelector", Map.of("os", "linux"), "hub", "registry.example")));
  }

  @Test
  void theGatewaysPodsAreBoundToTheNodesToo() {
    EgressPlan plan = plan(mesh("1.31").installed(INSTALL.onNodes("a.b/os", "linux")), GATEWAY);
    assertThat(values(plan, "istio-egressgateway"))
        .containsEntry("nodeSelector", Map.of("a.b/os", "linux"));
  }

  @Test
  void withoutGatewaysThereAreNoComponents() {
    EgressPlan plan = plan(Mesh.istio(IstioVersion.V1_31).installed(INSTALL));
    assertThat(spec(plan))
        .isEqualTo(
            Map.of(
                "profile",
                "default",
                "meshConfig",
                Map.of("outboundTrafficPolicy", Map.of("mode", "ALLOW_ANY"))));
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan))).hasSize(1);
  }

  @Test
  void aGatewayOfManyNamespacesIsInstalledOnce() {
    EgressPlan plan = plan(mesh("1.31").installed(INSTALL), GATEWAY, GATEWAY);
    assertThat(IstioInstallation.helmValues(plan, PlanFacts.of(plan))).hasSize(2);
    assertThat((Map<?, ?>) spec(plan).get("components"))
        .extracting("egressGateways")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
  }

  @Test
  void theInstallationIsPartOfTheExpansion() {
    var expanded = Expansion.expand(plan(mesh("1.31").installed(INSTALL), GATEWAY));
    assertThat(expanded.resources().of(ResourceKind.ISTIO_OPERATOR)).hasSize(1);
    assertThat(expanded.helmValues())
        .extracting(HelmValues::release)
        .containsExactly("istiod", "istio-egressgateway");
  }

  @Test
  void aDeploymentByTheInstallationScalesInChartAndOperatorAlike() {
    EgressGateway edge =
        EgressGateway.named("edge").in("egress").labelled("istio", "edge").port(9090, 9090);
    EgressPlan plan =
        plan(mesh("1.31").installed(INSTALL))
            .namespace(MeshNamespace.named("shop"), Egress.to("a.example").grpc(9090).via(edge))
            .deploying(
                GatewayDeployment.of(edge)
                    .byIstioInstallation()
                    .replicas(3, 6)
                    .requests("1", "1Gi")
                    .limits("2", "2Gi")
                    .revision("canary"));
    Map<String, Object> service =
        Map.of(
            "type",
            "ClusterIP",
            "ports",
            List.of(
                Map.of("name", "http2-9090", "port", 9090, "protocol", "TCP", "targetPort", 9090)));
    Map<String, Object> resources =
        Map.of(
            "requests",
            Map.of("cpu", "1", "memory", "1Gi"),
            "limits",
            Map.of("cpu", "2", "memory", "2Gi"));
    assertThat(values(plan, "edge"))
        .isEqualTo(
            Map.of(
                "name",
                "edge",
                "labels",
                Map.of("istio", "edge"),
                "service",
                service,
                "autoscaling",
                Map.of(
                    "enabled",
                    true,
                    "minReplicas",
                    3,
                    "maxReplicas",
                    6,
                    "targetCPUUtilizationPercentage",
                    80),
                "podDisruptionBudget",
                Map.of("maxUnavailable", 1),
                "resources",
                resources,
                "revision",
                "canary"));
    Map<String, Object> cpu =
        Map.of("name", "cpu", "target", Map.of("type", "Utilization", "averageUtilization", 80));
    assertThat(spec(plan).get("components"))
        .isEqualTo(
            Map.of(
                "egressGateways",
                List.of(
                    Map.of(
                        "name",
                        "edge",
                        "namespace",
                        "egress",
                        "enabled",
                        true,
                        "label",
                        Map.of("istio", "edge"),
                        "k8s",
                        Map.of(
                            "service",
                            service,
                            "hpaSpec",
                            Map.of(
                                "minReplicas",
                                3,
                                "maxReplicas",
                                6,
                                "metrics",
                                List.of(Map.of("type", "Resource", "resource", cpu))),
                            "podDisruptionBudget",
                            Map.of("maxUnavailable", 1),
                            "resources",
                            resources)))));
    assertThat(Expansion.expand(plan).resources().of(ResourceKind.DEPLOYMENT)).isEmpty();
  }

  @Test
  void aFixedNumberOfPodsIsNoMatterOfTheLoad() {
    EgressPlan plan =
        plan(mesh("1.31").installed(INSTALL), GATEWAY)
            .deploying(GatewayDeployment.of(GATEWAY).byIstioInstallation().replicas(3));
    assertThat(values(plan, "istio-egressgateway"))
        .containsEntry("replicaCount", 3)
        .containsEntry("autoscaling", Map.of("enabled", false));
  }
}
