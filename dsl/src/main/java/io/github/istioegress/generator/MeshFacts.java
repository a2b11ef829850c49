package io.github.istioegress.generator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.manifest.YamlValues;
import io.github.istioegress.mesh.ExportDefaults;
import io.github.istioegress.mesh.MeshConfig;
import io.github.istioegress.mesh.OutboundTrafficPolicy;
import io.github.istioegress.mesh.SidecarDns;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.registry.GatewayWorkload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What manifests say of the mesh itself: its config, and the egress gateways that its installation
 * brings.
 *
 * @param config the mesh config
 * @param gateways the gateways of an IstioOperator file
 * @param said true where the manifests hold a mesh config
 */
record MeshFacts(MeshConfig config, List<GatewayWorkload> gateways, boolean said) {

  /**
   * Reads the facts: from the ConfigMap {@code istio}, else from an IstioOperator file.
   *
   * @param resources the manifests
   * @param otherwise the policy of a mesh of which nothing is said
   * @throws IllegalArgumentException when the ConfigMap holds no readable mesh config
   */
  static MeshFacts of(ResourceSet resources, OutboundTrafficPolicy otherwise) {
    MeshConfig config = MeshConfig.istioDefault().withOutboundTrafficPolicy(otherwise);
    List<GatewayWorkload> gateways = new ArrayList<>();
    boolean said = false;
    for (Resource resource : resources.of(ResourceKind.ISTIO_OPERATOR)) {
      GenericKubernetesResource operator = (GenericKubernetesResource) resource.object();
      config = merged(config, table(operator.get("spec", "meshConfig")));
      said |= operator.get("spec", "meshConfig") != null;
      gateways.addAll(gateways(operator));
    }
    for (Resource resource : resources.of(ResourceKind.CONFIG_MAP)) {
      ConfigMap map = (ConfigMap) resource.object();
      String mesh = map.getData() == null ? null : map.getData().get("mesh");
      if (map.getMetadata().getName().equals("istio") && mesh != null) {
        config = merged(config, YamlValues.read(new SourceFile(resource.key().toString(), mesh)));
        said = true;
      }
    }
    return new MeshFacts(config, List.copyOf(gateways), said);
  }

  private static MeshConfig merged(MeshConfig config, Map<String, Object> said) {
    MeshConfig merged = config;
    Object mode = table(said.get("outboundTrafficPolicy")).get("mode");
    if (mode != null) {
      merged = merged.withOutboundTrafficPolicy(policy(mode.toString()));
    } else if (said.get("outboundTrafficPolicy") != null) {
      // A policy without a mode has the first of Istio's enumeration.
      merged = merged.withOutboundTrafficPolicy(OutboundTrafficPolicy.REGISTRY_ONLY);
    }
    Object log = said.get("accessLogFile");
    Object root = said.get("rootNamespace");
    merged = log == null ? merged : merged.withAccessLogFile(log.toString());
    merged = root == null ? merged : merged.withRootNamespace(root.toString());
    ExportDefaults defaults = merged.exportDefaults();
    return merged
        .withTrustDomains(trustDomains(merged.trustDomains(), said))
        .withExportDefaults(
            new ExportDefaults(
                texts(said.get("defaultServiceExportTo"), defaults.services()),
                texts(said.get("defaultVirtualServiceExportTo"), defaults.virtualServices()),
                texts(said.get("defaultDestinationRuleExportTo"), defaults.destinationRules())))
        .withDns(dns(merged.dns(), table(table(said.get("defaultConfig")).get("proxyMetadata"))));
  }

  private static OutboundTrafficPolicy policy(String mode) {
    return Arrays.stream(OutboundTrafficPolicy.values())
        .filter(known -> known.name().equals(mode))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the mesh config's outboundTrafficPolicy.mode '%s' cannot be traced: only REGISTRY_ONLY and ALLOW_ANY can"
                        .formatted(mode)));
  }

  private static SidecarDns dns(SidecarDns before, Map<String, Object> metadata) {
    return new SidecarDns(
        isOn(metadata.get("ISTIO_META_DNS_CAPTURE"), before.capture()),
        isOn(metadata.get("ISTIO_META_DNS_AUTO_ALLOCATE"), before.autoAllocate()));
  }

  private static boolean isOn(@org.jspecify.annotations.Nullable Object said, boolean otherwise) {
    return said == null ? otherwise : said.toString().equals("true");
  }

  private static List<String> texts(
      @org.jspecify.annotations.Nullable Object said, List<String> otherwise) {
    return said instanceof List<?> list ? list.stream().map(String::valueOf).toList() : otherwise;
  }

  private static List<String> trustDomains(List<String> before, Map<String, Object> said) {
    List<String> domains = new ArrayList<>(List.of(text(said.get("trustDomain"), before.get(0))));
    if (said.get("trustDomainAliases") instanceof List<?> aliases) {
      aliases.forEach(alias -> domains.add(String.valueOf(alias)));
    } else {
      domains.addAll(before.subList(1, before.size()));
    }
    return domains;
  }

  private static List<GatewayWorkload> gateways(GenericKubernetesResource operator) {
    List<GatewayWorkload> gateways = new ArrayList<>();
    String home = operator.getMetadata().getNamespace();
    if (operator.get("spec", "components", "egressGateways") instanceof List<?> components) {
      for (Object one : components) {
        Map<String, Object> component = table(one);
        if (Boolean.TRUE.equals(component.get("enabled"))) {
          String name = text(component.get("name"), "istio-egressgateway");
          String namespace = text(component.get("namespace"), home == null ? "istio-system" : home);
          Map<String, String> labels = new TreeMap<>(Map.of("app", name, "istio", "egressgateway"));
          table(component.get("label")).forEach((k, v) -> labels.put(k, v.toString()));
          gateways.add(new GatewayWorkload(name, namespace, labels, ports(component)));
        }
      }
    }
    return gateways;
  }

  private static List<GatewayWorkload.Port> ports(Map<String, Object> component) {
    Map<String, Object> service = table(table(component.get("k8s")).get("service"));
    List<GatewayWorkload.Port> ports = new ArrayList<>();
    if (service.get("ports") instanceof List<?> said) {
      for (Object one : said) {
        Map<String, Object> port = table(one);
        int number = number(port.get("port"));
        int target = number(port.get("targetPort"));
        ports.add(new GatewayWorkload.Port(number, target == 0 ? number : target));
      }
    }
    return ports.isEmpty() ? CallsFile.USUAL_PORTS : ports;
  }

  private static int number(@org.jspecify.annotations.Nullable Object said) {
    return said instanceof Number number ? number.intValue() : 0;
  }

  private static String text(@org.jspecify.annotations.Nullable Object said, String otherwise) {
    return said == null ? otherwise : said.toString();
  }

  private static Map<String, Object> table(@org.jspecify.annotations.Nullable Object said) {
    Map<String, Object> table = new TreeMap<>();
    if (said instanceof Map<?, ?> map) {
      map.forEach((key, value) -> table.put(String.valueOf(key), value));
    }
    return table;
  }
}
