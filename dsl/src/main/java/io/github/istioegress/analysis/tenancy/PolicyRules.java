package io.github.istioegress.analysis.tenancy;

import io.fabric8.istio.api.api.security.v1beta1.Condition;
import io.fabric8.istio.api.api.security.v1beta1.Operation;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.Source;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a rule of an AuthorizationPolicy asks for. */
final class PolicyRules {

  private static final String SNI = "connection.sni";

  private PolicyRules() {}

  /** Names and prefixes of hosts, as HTTP and TLS tell them, without ports. */
  static Set<String> hosts(Rule rule) {
    Set<String> hosts = new TreeSet<>();
    operations(rule).forEach(one -> one.getHosts().forEach(host -> hosts.add(plain(host))));
    conditions(rule, SNI).forEach(one -> one.getValues().forEach(hosts::add));
    return hosts;
  }

  private static String plain(String host) {
    return host.replaceAll(":[0-9*]+$", "");
  }

  /** True where it asks who calls, so that the caller's certificate is needed. */
  static boolean asksWho(Rule rule) {
    boolean source =
        sources(rule)
            .anyMatch(
                one ->
                    !(one.getPrincipals().isEmpty()
                        && one.getNamespaces().isEmpty()
                        && one.getServiceAccounts().isEmpty()
                        && one.getNotPrincipals().isEmpty()
                        && one.getNotNamespaces().isEmpty()
                        && one.getNotServiceAccounts().isEmpty()));
    return source
        || conditions(rule, "source.principal").findAny().isPresent()
        || conditions(rule, "source.namespace").findAny().isPresent()
        || conditions(rule, "source.serviceAccount").findAny().isPresent();
  }

  /** True where it says who calls in any way, addresses included. */
  static boolean saysWho(Rule rule) {
    return !rule.getFrom().isEmpty()
        || rule.getWhen().stream()
            .anyMatch(one -> Objects.requireNonNullElse(one.getKey(), "").startsWith("source."));
  }

  /** The first of its fields that says what must not be; empty where none does. */
  static String negative(Rule rule) {
    return Stream.concat(
            sources(rule)
                .flatMap(
                    one ->
                        Stream.of(
                            said("notPrincipals", one.getNotPrincipals()),
                            said("notNamespaces", one.getNotNamespaces()),
                            said("notServiceAccounts", one.getNotServiceAccounts()))),
            Stream.concat(
                operations(rule).map(one -> said("notHosts", one.getNotHosts())),
                conditions(rule, SNI)
                    .map(one -> said("notValues of connection.sni", one.getNotValues()))))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String said(String name, List<String> values) {
    return values.isEmpty() ? "" : name;
  }

  private static Stream<Source> sources(Rule rule) {
    return rule.getFrom().stream().map(from -> from.getSource()).filter(Objects::nonNull);
  }

  private static Stream<Operation> operations(Rule rule) {
    return rule.getTo().stream().map(to -> to.getOperation()).filter(Objects::nonNull);
  }

  private static Stream<Condition> conditions(Rule rule, String key) {
    return rule.getWhen().stream().filter(one -> key.equals(one.getKey()));
  }
}
