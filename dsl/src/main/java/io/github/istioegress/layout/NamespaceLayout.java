package io.github.istioegress.layout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One file a namespace; what installs Istio lies apart, since it is not for the API server. */
final class NamespaceLayout implements OutputLayout {

  private static final String CLUSTER = "cluster.yaml";

  private static final String INSTALL = "install/";

  private final ManifestWriter writer = new ManifestWriter();

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public RenderedFiles render(ResourceSet resources, List<HelmValues> values) {
    List<RenderedFile> files = new ArrayList<>();
    Map<String, List<HasMetadata>> homes = new LinkedHashMap<>();
    List<HasMetadata> cluster = new ArrayList<>();
    for (Resource resource : resources.all()) {
      String home = ResourceSet.home(resource);
      if (resource.kind() == ResourceKind.ISTIO_OPERATOR) {
        continue;
      }
      (home.isEmpty() ? cluster : homes.computeIfAbsent(home, name -> new ArrayList<>()))
          .add(resource.object());
    }
    if (!cluster.isEmpty()) {
      files.add(new RenderedFile(CLUSTER, writer.write(cluster)));
    }
    homes.forEach((home, held) -> files.add(new RenderedFile(home + ".yaml", writer.write(held))));
    files.addAll(operators(resources.of(ResourceKind.ISTIO_OPERATOR)));
    values.forEach(of -> files.add(helmValues(of, values)));
    return new RenderedFiles(files);
  }

  private List<RenderedFile> operators(List<Resource> operators) {
    return operators.stream()
        .map(
            operator ->
                new RenderedFile(
                    INSTALL
                        + (operators.size() == 1 ? "istio-operator" : operator.key().name())
                        + ".yaml",
                    writer.write(List.of(operator.object()))))
        .toList();
  }

  /** Two namespaces may each have a release of one name. */
  private RenderedFile helmValues(HelmValues of, List<HelmValues> all) {
    boolean alone = all.stream().filter(other -> other.release().equals(of.release())).count() == 1;
    String release = alone ? of.release() : of.namespace() + "." + of.release();
    return new RenderedFile(INSTALL + release + "-values.yaml", writer.writeValues(of.values()));
  }
}
