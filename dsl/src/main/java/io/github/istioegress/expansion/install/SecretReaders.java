package io.github.istioegress.expansion.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.github.istioegress.intent.EgressGateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The right to read secrets, which istiod asks for before it hands one to a proxy: a secret of a
 * client certificate reaches the gateway only if its account may list secrets.
 */
final class SecretReaders {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private SecretReaders() {}

  /** The name of both, as Istio's own charts name them. */
  static String name(EgressGateway gateway) {
    return gateway.name() + "-sds";
  }

  /**
   * Role and RoleBinding.
   *
   * @param metadata of both
   * @param serviceAccount who gets the right, in the same namespace
   */
  static List<HasMetadata> of(ObjectMeta metadata, String serviceAccount) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("apiGroups", List.of(""));
    rule.put("resources", List.of("secrets"));
    rule.put("verbs", List.of("get", "watch", "list"));
    Map<String, Object> role = new LinkedHashMap<>();
    role.put("apiGroup", RBAC);
    role.put("kind", "Role");
    role.put("name", metadata.getName());
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("kind", "ServiceAccount");
    subject.put("name", serviceAccount);
    subject.put("namespace", metadata.getNamespace());
    var binding = Untyped.of(RBAC + "/v1", "RoleBinding", metadata, "roleRef", role);
    binding.setAdditionalProperty("subjects", List.of(subject));
    return List.of(Untyped.of(RBAC + "/v1", "Role", metadata, "rules", List.of(rule)), binding);
  }
}
