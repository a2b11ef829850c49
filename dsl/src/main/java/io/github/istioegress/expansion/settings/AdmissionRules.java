package io.github.istioegress.expansion.settings;

import io.fabric8.istio.api.api.security.v1beta1.OperationBuilder;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.RuleBuilder;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.GatewayHop;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.Requests;
import java.util.List;

/** Whom and what a sentence lets through, as a rule of an AuthorizationPolicy. */
public final class AdmissionRules {

  private AdmissionRules() {}

  /**
   * The rule of a sentence.
   *
   * @param intent the sentence
   * @param port the port as the proxy that asks sees it
   * @param everyone the namespaces that may call where the sentence names nobody; empty for all
   */
  public static Rule of(EgressIntent intent, int port, List<String> everyone) {
    RuleBuilder rule = new RuleBuilder();
    List<Callers> callers = intent.admission().callers();
    List<String> accounts =
        callers.stream()
            .flatMap(
                one ->
                    one.serviceAccount().stream()
                        .map(name -> "cluster.local/ns/" + one.namespace() + "/sa/" + name))
            .toList();
    List<String> namespaces =
        callers.isEmpty()
            ? everyone
            : callers.stream()
                .filter(one -> one.serviceAccount().isEmpty())
                .map(Callers::namespace)
                .toList();
    // Fields of one source must all hold, so either kind is a source of its own.
    if (!accounts.isEmpty()) {
      rule.addNewFrom().withNewSource().withPrincipals(accounts).endSource().endFrom();
    }
    if (!namespaces.isEmpty()) {
      rule.addNewFrom().withNewSource().withNamespaces(namespaces).endSource().endFrom();
    }
    List<Requests> requests = intent.admission().requests();
    if (requests.isEmpty()) {
      rule.addNewTo().withOperation(operation(intent, port).build()).endTo();
    }
    for (Requests one : requests) {
      OperationBuilder operation = operation(intent, port).withPaths(one.path());
      one.method().ifPresent(operation::withMethods);
      rule.addNewTo().withOperation(operation.build()).endTo();
    }
    PortProtocol protocol = intent.port().protocol();
    boolean bytesInMutualTls =
        protocol == PortProtocol.TCP && intent.path().hop() == GatewayHop.ISTIO_MUTUAL;
    if (protocol == PortProtocol.TLS || bytesInMutualTls) {
      rule.addNewWhen().withKey("connection.sni").withValues(intent.host().name()).endWhen();
    }
    return rule.build();
  }

  private static OperationBuilder operation(EgressIntent intent, int port) {
    OperationBuilder operation = new OperationBuilder().withPorts(String.valueOf(port));
    if (intent.port().protocol().isReadable()) {
      String host = intent.host().name();
      // A pattern has one star, and a wildcard's is taken.
      operation.withHosts(
          host, host + ":" + (intent.host().isWildcard() ? intent.port().number() : "*"));
    }
    return operation;
  }
}
