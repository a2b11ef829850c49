package io.github.istioegress.expansion.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.GatewayFlavor;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.PlanFacts;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.HelmValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expands the mesh value into what installs such a mesh: an IstioOperator file for istioctl, and
 * from 1.22 on values for the charts {@code istiod} and {@code gateway}; and the gateways of a plan
 * into what brings them up.
 */
public final class IstioInstallation {

  private static final EgressGateway OWN =
      EgressGateway.istioDefault().labelled("app", "istio-egressgateway");

  private IstioInstallation() {}

  /** The IstioOperator file, where the plan says how Istio is installed. */
  public static Optional<GenericKubernetesResource> operator(EgressPlan plan, PlanFacts facts) {
    return plan.mesh().install().map(install -> operator(plan, facts, install));
  }

  /** Values for Istio's charts, where the plan says how Istio is installed and they exist. */
  public static List<HelmValues> helmValues(EgressPlan plan, PlanFacts facts) {
    Mesh mesh = plan.mesh();
    if (mesh.install().isEmpty() || !mesh.version().atLeast(IstioVersion.V1_22)) {
      return List.of();
    }
    IstioInstall install = mesh.install().get();
    List<HelmValues> values = new ArrayList<>();
    Map<String, Object> istiod = new LinkedHashMap<>();
    istiod.put("meshConfig", meshConfig(mesh));
    putFurtherValues(install, istiod);
    values.add(new HelmValues("istiod", "istiod", mesh.config().rootNamespace(), istiod));
    for (EgressGateway gateway : byInstallation(plan, facts)) {
      values.add(
          new HelmValues(
              gateway.name(),
              "gateway",
              gateway.namespace(),
              GatewayChart.of(plan, facts, gateway)));
    }
    return List.copyOf(values);
  }

  /** The resources of the gateways that the plan brings up by manifests of its own. */
  public static List<HasMetadata> gateways(EgressPlan plan, PlanFacts facts) {
    return plan.deployments().stream()
        .filter(GatewayDeployment::isByManifests)
        .flatMap(deployment -> new InjectedGateway(plan, facts, deployment).resources().stream())
        .toList();
  }

  /**
   * The right to read secrets for gateways that istiod brings up, where a sentence has them show a
   * client certificate: istiod gives them an account, and no rights.
   */
  public static List<HasMetadata> secretReaders(EgressPlan plan, PlanFacts facts) {
    return plan.gateways().stream()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.GATEWAY_API)
        .filter(facts::isPresenting)
        .flatMap(
            gateway ->
                SecretReaders.of(
                    new ObjectMetaBuilder()
                        .withName(SecretReaders.name(gateway))
                        .withNamespace(gateway.namespace())
                        .build(),
                    gateway.name())
                    .stream())
        .toList();
  }

  /** All gateways but those that the plan, or istiod, brings up otherwise. */
  private static List<EgressGateway> byInstallation(EgressPlan plan, PlanFacts facts) {
    return facts.gateways().stream()
        .filter(gateway -> gateway.flavor() == GatewayFlavor.ISTIO_API)
        .filter(
            gateway -> plan.deployment(gateway).filter(GatewayDeployment::isByManifests).isEmpty())
        .toList();
  }

  private static GenericKubernetesResource operator(
      EgressPlan plan, PlanFacts facts, IstioInstall install) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("profile", install.profile());
    if (!install.addons().isEmpty()) {
      Map<String, Object> addons = new LinkedHashMap<>();
      install.addons().forEach(addon -> addons.put(addon.component(), Map.of("enabled", true)));
      spec.put("addonComponents", addons);
    }
    spec.put("meshConfig", meshConfig(plan.mesh()));
    if (!byInstallation(plan, facts).isEmpty()) {
      spec.put("components", Map.of("egressGateways", components(plan, facts)));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    putFurtherValues(install, values);
    if (!values.isEmpty()) {
      spec.put("values", values);
    }
    return Untyped.of(
        "install.istio.io/v1alpha1",
        "IstioOperator",
        new ObjectMetaBuilder()
            .withName(install.name())
            .withNamespace(plan.mesh().config().rootNamespace())
            .build(),
        "spec",
        spec);
  }

  private static List<Map<String, Object>> components(EgressPlan plan, PlanFacts facts) {
    List<Map<String, Object>> components = new ArrayList<>();
    for (EgressGateway gateway : byInstallation(plan, facts)) {
      Map<String, Object> component = new LinkedHashMap<>();
      component.put("name", gateway.name());
      if (!gateway.namespace().equals(plan.mesh().config().rootNamespace())) {
        component.put("namespace", gateway.namespace());
      }
      component.put("enabled", true);
      boolean today = plan.mesh().version().atLeast(IstioVersion.V1_22);
      // Older releases bring labels and ports of their own, so only others need to be said.
      if (today || !OWN.labels().entrySet().containsAll(gateway.labels().entrySet())) {
        component.put("label", new LinkedHashMap<>(gateway.labels()));
      }
      if (today || !OWN.ports().containsAll(gateway.ports())) {
        component.put("k8s", GatewayChart.operatorK8s(plan, facts, gateway));
      }
      components.add(component);
    }
    return components;
  }

  private static Map<String, Object> meshConfig(Mesh mesh) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (!mesh.config().accessLogFile().isEmpty()) {
      config.put("accessLogFile", mesh.config().accessLogFile());
    }
    config.put(
        "outboundTrafficPolicy", Map.of("mode", mesh.config().outboundTrafficPolicy().name()));
    return config;
  }

  /** Dotted paths become nested tables; node labels have dots of their own and are no path. */
  private static void putFurtherValues(IstioInstall install, Map<String, Object> values) {
    if (!install.nodeSelector().isEmpty()) {
      Map<String, Object> global = new LinkedHashMap<>();
      global.put("defaultNodeSelector", new LinkedHashMap<>(install.nodeSelector()));
      values.put("global", global);
    }
    install.values().forEach((path, value) -> put(values, path, value));
  }

  @SuppressWarnings("unchecked") // Tables in here are made by this class alone.
  private static void put(Map<String, Object> into, String path, String value) {
    Map<String, Object> table = into;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      table = (Map<String, Object>) table.computeIfAbsent(keys[i], key -> new LinkedHashMap<>());
    }
    table.put(keys[keys.length - 1], value);
  }
}
