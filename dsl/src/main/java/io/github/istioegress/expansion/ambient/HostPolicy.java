package io.github.istioegress.expansion.ambient;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.AuthorizationPolicyBuilder;
import io.github.istioegress.expansion.settings.AdmissionRules;
import java.util.List;

/**
 * Who may call what of a host behind a waypoint: a rule for each sentence, and deny for the rest.
 */
final class HostPolicy {

  private HostPolicy() {}

  static AuthorizationPolicy of(WaypointHost host) {
    return new AuthorizationPolicyBuilder()
        .withApiVersion("security.istio.io/v1")
        .withNewMetadata()
        .withName(host.name())
        .withNamespace(host.namespace())
        .endMetadata()
        .withNewSpec()
        .addNewTargetRef()
        .withGroup("networking.istio.io")
        .withKind("ServiceEntry")
        .withName(host.name())
        .endTargetRef()
        .withAction(AuthorizationPolicyAction.ALLOW)
        .withRules(host.said().stream().map(HostPolicy::rule).distinct().toList())
        .endSpec()
        .build();
  }

  private static Rule rule(Said said) {
    return AdmissionRules.of(
        said.intent(), said.intent().port().number(), List.of(said.namespace()));
  }
}
