package io.github.istioegress.manifest;

import io.github.istioegress.resource.ResourceKind;
import java.util.Set;

/** Knows which kinds belong to no namespace. */
final class ClusterScope {

  private static final Set<String> KINDS =
      Set.of(
          "APIService",
          "CSIDriver",
          "CertificateSigningRequest",
          "ClusterIssuer",
          "ClusterRole",
          "ClusterRoleBinding",
          "CustomResourceDefinition",
          "GatewayClass",
          "IngressClass",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "PersistentVolume",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration");

  private ClusterScope() {}

  /**
   * True where a missing namespace means {@code default}. The IstioOperator file is for istioctl,
   * which gives it no namespace.
   */
  static boolean isNamespaced(String apiVersion, String kind) {
    return !KINDS.contains(kind)
        && ResourceKind.of(apiVersion, kind) != ResourceKind.ISTIO_OPERATOR;
  }
}
