package io.github.istioegress.expansion.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Resources that are only written; nobody reads more of them than a few labels. */
final class Untyped {

  private Untyped() {}

  /** A resource with one field beside its metadata, most often {@code spec}. */
  static GenericKubernetesResource of(
      String apiVersion, String kind, ObjectMeta metadata, String field, Object value) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion(apiVersion);
    resource.setKind(kind);
    resource.setMetadata(metadata);
    resource.setAdditionalProperty(field, value);
    return resource;
  }
}
