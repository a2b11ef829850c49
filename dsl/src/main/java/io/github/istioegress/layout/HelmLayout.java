package io.github.istioegress.layout;

import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chart a definition. Each namespace has a switch, to roll a fleet out tenant by tenant. A
 * template is YAML before Helm reads it, too: its actions stand in comments.
 */
final class HelmLayout implements OutputLayout {

  private static final String BRACES = "{{";

  /** An action that yields two braces. It is fine in quotes of either kind. */
  private static final String ESCAPED = "{{`{{`}}";

  private final Folders folders = new Folders("templates/");
  private final ManifestWriter writer = new ManifestWriter();

  @Override
  public String name() {
    return "helm";
  }

  @Override
  public String path(Resource resource) {
    return folders.path(resource);
  }

  @Override
  public String text(String path, String yaml) {
    if (!path.startsWith(folders.root())) {
      return yaml;
    }
    String escaped = yaml.replace(BRACES, ESCAPED);
    if (!path.startsWith(folders.namespaces())) {
      return escaped;
    }
    String inside = path.substring(folders.namespaces().length());
    return "# {{ if (index .Values.namespaces \"%s\").enabled }}\n%s# {{ end }}\n"
        .formatted(inside.substring(0, inside.indexOf('/')), escaped);
  }

  @Override
  public String yaml(String path, String text) {
    return path.startsWith(folders.root()) ? text.replace(ESCAPED, BRACES) : text;
  }

  @Override
  public List<RenderedFile> index(Placement placement) {
    Map<String, Object> chart = new LinkedHashMap<>();
    chart.put("apiVersion", "v2");
    chart.put("name", placement.name());
    chart.put("description", "Egress of the definition " + placement.name());
    chart.put("type", "application");
    // A fixed one, so that a release of this library changes no chart: helm package --version.
    chart.put("version", "0.0.0");
    Map<String, Object> namespaces = new LinkedHashMap<>();
    placement.namespaces().forEach(name -> namespaces.put(name, Map.of("enabled", true)));
    return List.of(
        RenderedFile.beside("Chart.yaml", writer.writeValues(chart)),
        RenderedFile.beside("values.yaml", writer.writeValues(Map.of("namespaces", namespaces))),
        // What installs Istio is for charts of Istio's, and no part of this one.
        RenderedFile.beside(".helmignore", "install/\n"));
  }
}
