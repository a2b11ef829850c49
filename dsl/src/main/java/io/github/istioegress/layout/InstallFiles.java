package io.github.istioegress.layout;

import io.github.istioegress.manifest.ManifestWriter;
import io.github.istioegress.resource.HelmValues;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.List;
import java.util.Optional;

/** What installs Istio lies apart in every layout: it is for istioctl and Helm, not the cluster. */
final class InstallFiles {

  private static final String FOLDER = "install/";

  private InstallFiles() {}

  /** Where an installation lies; nothing for any other resource. */
  static Optional<String> path(Resource resource) {
    return resource.kind() == ResourceKind.ISTIO_OPERATOR
        ? Optional.of(FOLDER + "istio-operator.yaml")
        : Optional.empty();
  }

  /** The files of values for Istio's charts. */
  static List<RenderedFile> of(List<HelmValues> values) {
    return values.stream().map(one -> of(one, values)).toList();
  }

  /** Two namespaces may each have a release of one name. */
  private static RenderedFile of(HelmValues of, List<HelmValues> all) {
    boolean alone = all.stream().filter(other -> other.release().equals(of.release())).count() == 1;
    String release = alone ? of.release() : of.namespace() + "." + of.release();
    return RenderedFile.beside(
        FOLDER + release + "-values.yaml", new ManifestWriter().writeValues(of.values()));
  }
}
