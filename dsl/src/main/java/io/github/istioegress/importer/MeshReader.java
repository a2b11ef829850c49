package io.github.istioegress.importer;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.intent.Addon;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the mesh: its release by the API versions, its config and installation by IstioOperator.
 */
final class MeshReader {

  private MeshReader() {}

  /** The release that is asked for, else the newest that writes these API versions. */
  static IstioVersion version(InputSet input, Optional<IstioVersion> asked) {
    if (asked.isPresent()) {
      return asked.get();
    }
    List<String> versions =
        input.resources().all().stream()
            .filter(found -> found.key().group().equals("networking.istio.io"))
            .map(found -> found.object().getApiVersion())
            .toList();
    boolean old =
        !versions.isEmpty() && versions.stream().allMatch(one -> one.endsWith("/v1alpha3"));
    return old ? IstioVersion.V1_7 : IstioVersion.V1_31;
  }

  /** The mesh without its installation. */
  static Mesh mesh(InputSet input, IstioVersion version) {
    boolean ambient =
        input.resources().of(ResourceKind.SERVICE_ENTRY).stream()
            .map(found -> found.object().getMetadata().getLabels())
            .anyMatch(labels -> labels != null && labels.containsKey(HostReader.USE_WAYPOINT));
    Mesh mesh = ambient ? Mesh.istio(version).ambient() : Mesh.istio(version);
    Map<?, ?> config = operator(input).map(one -> table(one, "meshConfig")).orElse(Map.of());
    if (config.get("accessLogFile") instanceof String file && !file.isEmpty()) {
      mesh = mesh.accessLog(file);
    }
    return "REGISTRY_ONLY".equals(table(config, "outboundTrafficPolicy").get("mode"))
        ? mesh.registryOnly()
        : mesh;
  }

  /** How it is installed, where one IstioOperator says it. */
  static Optional<IstioInstall> install(InputSet input) {
    if (input.resources().of(ResourceKind.ISTIO_OPERATOR).size() != 1) {
      return Optional.empty();
    }
    HasMetadata object = input.resources().of(ResourceKind.ISTIO_OPERATOR).get(0).object();
    return operator(input).map(spec -> install(object.getMetadata().getName(), spec));
  }

  private static IstioInstall install(String name, Map<?, ?> spec) {
    IstioInstall install = IstioInstall.named(name);
    if (spec.get("profile") instanceof String profile) {
      install = install.profile(profile);
    }
    Map<?, ?> addons = table(spec, "addonComponents");
    for (Addon addon : Addon.values()) {
      if (addons.containsKey(addon.component())) {
        install = install.addon(addon);
      }
    }
    Map<?, ?> values = table(spec, "values");
    for (Map.Entry<?, ?> node : table(table(values, "global"), "defaultNodeSelector").entrySet()) {
      install = install.onNodes(String.valueOf(node.getKey()), String.valueOf(node.getValue()));
    }
    TreeMap<String, String> flat = new TreeMap<>();
    flatten("", values, flat);
    for (Map.Entry<String, String> value : flat.entrySet()) {
      if (!value.getKey().startsWith("global.defaultNodeSelector")) {
        install = install.value(value.getKey(), value.getValue());
      }
    }
    return install;
  }

  private static void flatten(String path, Map<?, ?> table, Map<String, String> into) {
    table.forEach(
        (key, value) -> {
          String inside = path.isEmpty() ? String.valueOf(key) : path + "." + key;
          if (value instanceof Map<?, ?> more) {
            flatten(inside, more, into);
          } else {
            into.put(inside, String.valueOf(value));
          }
        });
  }

  private static Optional<Map<?, ?>> operator(InputSet input) {
    return input.resources().of(ResourceKind.ISTIO_OPERATOR).stream()
        .map(Resource::object)
        .filter(GenericKubernetesResource.class::isInstance)
        .map(GenericKubernetesResource.class::cast)
        .map(one -> one.getAdditionalProperties().get("spec"))
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(one -> (Map<?, ?>) one)
        .findFirst();
  }

  private static Map<?, ?> table(Map<?, ?> in, String key) {
    return in.get(key) instanceof Map<?, ?> table ? table : Map.of();
  }
}
