package io.github.istioegress.expansion.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.github.istioegress.intent.AdmissionGuard;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.PlanFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policy by which the API server asks whose a host is: one object and its binding, however many
 * namespaces there are. What differs between them is read from the Namespace.
 */
public final class HostAdmission {

  private static final String NAME = "istio-egress-own-hosts";
  private static final String API = "admissionregistration.k8s.io/v1";

  private HostAdmission() {}

  /** Policy and binding, where the mesh is guarded. */
  public static List<HasMetadata> of(Mesh mesh, PlanFacts facts) {
    List<String> gateways =
        facts.gateways().stream().map(gateway -> gateway.namespace()).distinct().sorted().toList();
    return mesh.guard()
        .map(guard -> List.<HasMetadata>of(policy(guard, gateways), binding()))
        .orElse(List.of());
  }

  private static GenericKubernetesResource policy(AdmissionGuard guard, List<String> gateways) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("apiGroups", List.of("networking.istio.io"));
    rule.put("apiVersions", List.of("*"));
    rule.put("operations", List.of("CREATE", "UPDATE"));
    rule.put("resources", HostRules.RESOURCES);
    rule.put("scope", "Namespaced");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("failurePolicy", "Fail");
    spec.put("matchConstraints", Map.of("resourceRules", List.of(rule)));
    spec.put(
        "matchConditions",
        List.of(pair("name", "not-who-deploys", "expression", HostRules.isOther(guard))));
    spec.put("variables", variables(gateways));
    spec.put("validations", validations());
    return object("ValidatingAdmissionPolicy", spec);
  }

  private static List<Object> variables(List<String> gateways) {
    List<Object> variables = new ArrayList<>();
    HostRules.variables(gateways)
        .forEach((name, said) -> variables.add(pair("name", name, "expression", said)));
    return variables;
  }

  private static List<Object> validations() {
    List<Object> validations = new ArrayList<>();
    for (HostRules.Rule rule : HostRules.ALL) {
      validations.add(
          pair(
              "expression",
              rule.expression(),
              rule.isComputed() ? "messageExpression" : "message",
              rule.message()));
    }
    return validations;
  }

  private static GenericKubernetesResource binding() {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("policyName", NAME);
    spec.put("validationActions", List.of("Deny"));
    spec.put(
        "matchResources",
        Map.of(
            "namespaceSelector",
            Map.of("matchLabels", Map.of(AdmissionGuard.LABEL, AdmissionGuard.OWN_HOSTS))));
    return object("ValidatingAdmissionPolicyBinding", spec);
  }

  private static Map<String, Object> pair(String key, Object value, String other, Object second) {
    Map<String, Object> pair = new LinkedHashMap<>();
    pair.put(key, value);
    pair.put(other, second);
    return pair;
  }

  private static GenericKubernetesResource object(String kind, Map<String, Object> spec) {
    GenericKubernetesResource object = new GenericKubernetesResource();
    object.setApiVersion(API);
    object.setKind(kind);
    object.setMetadata(new ObjectMetaBuilder().withName(NAME).build());
    object.setAdditionalProperty("spec", spec);
    return object;
  }
}
