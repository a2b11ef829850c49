package io.github.istioegress.layout;

import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Renders resources in a layout: file by file, then the files that say what lies where. */
public final class Rendering {

  /** What stands between two documents. */
  static final String BETWEEN = "---\n";

  private final OutputLayout layout;
  private final ManifestWriter writer = new ManifestWriter();

  /** A rendering. */
  public Rendering(OutputLayout layout) {
    this.layout = layout;
  }

  /**
   * The files of a whole definition.
   *
   * @param name the definition, which is also the output's folder
   * @throws IllegalArgumentException when a name cannot be a file name, or two become one file
   */
  public RenderedFiles all(String name, ResourceSet resources, List<HelmValues> values) {
    Map<String, List<Resource>> byPath = new TreeMap<>();
    Placement.Builder placement = Placement.of(name);
    for (Resource resource : resources.all()) {
      String path = layout.path(resource);
      placement.add(path, resource);
      byPath.computeIfAbsent(path, p -> new ArrayList<>()).add(resource);
    }
    List<RenderedFile> files = new ArrayList<>();
    byPath.forEach((path, held) -> files.add(file(path, held)));
    files.addAll(index(placement.build(), values));
    return new RenderedFiles(files);
  }

  /** One file of resources, in the order of a set. */
  public RenderedFile file(String path, List<Resource> held) {
    return RenderedFile.manifest(
        path,
        layout.text(path, joined(held.stream().map(this::document).toList())),
        held.stream().map(ResourceSet::home).collect(Collectors.toSet()));
  }

  /** One resource. */
  String document(Resource resource) {
    return writer.write(resource.object(), layout.annotations(resource));
  }

  /** Several of them. */
  static String joined(List<String> documents) {
    return String.join(BETWEEN, documents);
  }

  /** The files beside: those that say what lies where, and what installs Istio. */
  public List<RenderedFile> index(Placement placement, List<HelmValues> values) {
    List<RenderedFile> files = new ArrayList<>(InstallFiles.of(values));
    if (!placement.files().isEmpty()) {
      files.addAll(layout.index(placement));
    }
    return files;
  }
}
