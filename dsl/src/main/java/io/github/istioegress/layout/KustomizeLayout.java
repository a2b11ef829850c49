package io.github.istioegress.layout;

import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A base a namespace and one overlay that takes all of them; overlays of one's own, such as one a
 * ring of tenants, lie beside it and stay.
 */
final class KustomizeLayout implements OutputLayout {

  private static final String FILE = "kustomization.yaml";

  private final Folders folders = new Folders("base/");
  private final ManifestWriter writer = new ManifestWriter();

  @Override
  public String name() {
    return "kustomize";
  }

  @Override
  public String path(Resource resource) {
    return folders.path(resource);
  }

  @Override
  public List<RenderedFile> index(Placement placement) {
    List<RenderedFile> files = new ArrayList<>();
    List<String> bases = new ArrayList<>();
    placement
        .byFolder()
        .forEach(
            (folder, held) -> {
              bases.add(folder);
              List<String> names =
                  held.stream().map(file -> file.path().substring(folder.length() + 1)).toList();
              files.add(
                  RenderedFile.beside(
                      folder + "/" + FILE,
                      writer.writeValues(kustomization(names)),
                      held.get(0).homes()));
            });
    Map<String, Object> all = kustomization(bases);
    // Without it the order would be kustomize's own, in which a destination goes before its guards.
    all.put(
        "sortOptions",
        sorted(
            "order",
            "legacy",
            "legacySortOptions",
            sorted("orderFirst", placement.kindsInOrder(), "orderLast", List.of())));
    files.add(RenderedFile.beside(FILE, writer.writeValues(all)));
    return files;
  }

  private static Map<String, Object> kustomization(List<String> resources) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    values.put("kind", "Kustomization");
    values.put("resources", resources);
    return values;
  }

  private static Map<String, Object> sorted(String one, Object first, String other, Object second) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(one, first);
    values.put(other, second);
    return values;
  }
}
