package io.github.istioegress.layout;

import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder a stage, and in it a file a namespace; each stage waits for the one before it. */
final class FluxLayout implements OutputLayout {

  private static final String NAMESPACE = "flux-system";
  private static final String INTERVAL = "10m";

  private final ManifestWriter writer = new ManifestWriter();
  private final Delivery delivery;

  FluxLayout(Delivery delivery) {
    this.delivery = delivery.orRefuseUnsaid(name());
  }

  @Override
  public String name() {
    return "flux";
  }

  @Override
  public String path(Resource resource) {
    return InstallFiles.path(resource)
        .orElseGet(
            () ->
                ApplyStage.of(resource).fileName()
                    + "/"
                    + NamespaceLayout.file(ResourceSet.home(resource)));
  }

  @Override
  public List<RenderedFile> index(Placement placement) {
    List<String> documents = new ArrayList<>();
    documents.add(writer.writeValues(repository(placement.name())));
    Set<String> folders = placement.byFolder().keySet();
    String before = "";
    for (ApplyStage stage : ApplyStage.values()) {
      if (folders.contains(stage.fileName())) {
        documents.add(writer.writeValues(kustomization(placement.name(), stage, before)));
        before = named(placement.name(), stage);
      }
    }
    return List.of(RenderedFile.beside("flux/sync.yaml", String.join("---\n", documents)));
  }

  private static String named(String definition, ApplyStage stage) {
    return definition + "-" + stage.fileName();
  }

  private Map<String, Object> repository(String definition) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("interval", INTERVAL);
    spec.put("url", delivery.repository());
    spec.put("ref", Map.of("branch", delivery.branch()));
    return object("source.toolkit.fluxcd.io/v1", "GitRepository", definition, spec);
  }

  private Map<String, Object> kustomization(String definition, ApplyStage stage, String before) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("kind", "GitRepository");
    source.put("name", definition);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("interval", INTERVAL);
    if (!before.isEmpty()) {
      spec.put("dependsOn", List.of(Map.of("name", before)));
    }
    spec.put("sourceRef", source);
    spec.put("path", "./" + delivery.pathOf(definition) + "/" + stage.fileName());
    // What a definition no longer says is no longer open.
    spec.put("prune", true);
    spec.put("wait", true);
    return object(
        "kustomize.toolkit.fluxcd.io/v1", "Kustomization", named(definition, stage), spec);
  }

  private static Map<String, Object> object(
      String apiVersion, String kind, String name, Map<String, Object> spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", NAMESPACE);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", apiVersion);
    object.put("kind", kind);
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }
}
