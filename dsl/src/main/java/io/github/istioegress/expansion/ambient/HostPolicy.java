package io.github.istioegress.expansion.ambient;

import io.fabric8.istio.api.api.security.v1beta1.AuthorizationPolicyAction;
import io.fabric8.istio.api.api.security.v1beta1.OperationBuilder;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.RuleBuilder;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.AuthorizationPolicyBuilder;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Requests;
import java.util.List;
import java.util.stream.Stream;

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
    EgressIntent intent = said.intent();
    List<Callers> callers = intent.admission().callers();
    List<String> accounts =
        callers.stream()
            .flatMap(
                one ->
                    one.serviceAccount().stream()
                        .map(name -> "cluster.local/ns/" + one.namespace() + "/sa/" + name))
            .toList();
    Stream<String> whole =
        callers.stream().filter(one -> one.serviceAccount().isEmpty()).map(Callers::namespace);
    List<String> namespaces =
        callers.isEmpty() ? List.of(said.namespace()) : whole.distinct().toList();
    RuleBuilder rule = new RuleBuilder();
    // Fields of one source must all hold, so either kind is a source of its own.
    if (!accounts.isEmpty()) {
      rule.addNewFrom().withNewSource().withPrincipals(accounts).endSource().endFrom();
    }
    if (!namespaces.isEmpty()) {
      rule.addNewFrom().withNewSource().withNamespaces(namespaces).endSource().endFrom();
    }
    List<Requests> requests = intent.admission().requests();
    if (requests.isEmpty()) {
      rule.addNewTo().withOperation(operation(intent).build()).endTo();
    }
    for (Requests one : requests) {
      OperationBuilder operation = operation(intent).withPaths(one.path());
      one.method().ifPresent(operation::withMethods);
      rule.addNewTo().withOperation(operation.build()).endTo();
    }
    if (intent.port().protocol() == PortProtocol.TLS) {
      rule.addNewWhen().withKey("connection.sni").withValues(intent.host().name()).endWhen();
    }
    return rule.build();
  }

  private static OperationBuilder operation(EgressIntent intent) {
    OperationBuilder operation =
        new OperationBuilder().withPorts(String.valueOf(intent.port().number()));
    if (intent.port().protocol().isReadable()) {
      operation.withHosts(intent.host().name(), intent.host().name() + ":*");
    }
    return operation;
  }
}
