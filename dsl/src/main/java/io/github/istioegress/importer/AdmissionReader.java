package io.github.istioegress.importer;

import io.fabric8.istio.api.api.security.v1beta1.Condition;
import io.fabric8.istio.api.api.security.v1beta1.Operation;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.RuleFrom;
import io.fabric8.istio.api.api.security.v1beta1.RuleTo;
import io.fabric8.istio.api.api.security.v1beta1.Source;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.HttpGatewayIntent;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the rules of an AuthorizationPolicy who may call a host, and what. */
final class AdmissionReader {

  private static final Pattern ACCOUNT = Pattern.compile("cluster\\.local/ns/([^/]+)/sa/([^/]+)");

  private final List<Rule> rules;

  private AdmissionReader(List<Rule> rules) {
    this.rules = rules;
  }

  /** The rules of one policy; none where it is not there. */
  static AdmissionReader of(InputSet input, String namespace, String name) {
    return new AdmissionReader(
        input
            .resources()
            .find(ResourceKind.AUTHORIZATION_POLICY.key(namespace, name))
            .map(Resource::object)
            .filter(AuthorizationPolicy.class::isInstance)
            .map(AuthorizationPolicy.class::cast)
            .map(AuthorizationPolicy::getSpec)
            .map(spec -> spec.getRules())
            .orElse(List.of()));
  }

  /** The ports of rules that name a host, by its Host header or otherwise. */
  SortedSet<Integer> ports(String host, boolean http) {
    TreeSet<Integer> ports = new TreeSet<>();
    rules.stream()
        .filter(rule -> isOfHost(rule, host))
        .flatMap(rule -> list(rule.getTo()).stream())
        .filter(to -> list(operation(to).getHosts()).contains(host) == http)
        .flatMap(to -> list(operation(to).getPorts()).stream())
        .filter(port -> port.matches("\\d{1,5}"))
        .forEach(port -> ports.add(Integer.parseInt(port)));
    return ports;
  }

  /** The namespaces that rules about a port let in. */
  SortedSet<String> namespaces(int port) {
    TreeSet<String> all = new TreeSet<>();
    for (Rule rule : rules) {
      if (isOfPort(rule, port)) {
        callers(rule).forEach(one -> all.add(one.namespace()));
      }
    }
    return all;
  }

  /**
   * The rule about a host and a port.
   *
   * @param of the namespace of the callers, where a policy has rules for several; empty for all
   */
  Optional<Rule> about(String host, int port, String of) {
    return rules.stream()
        .filter(rule -> isOfPort(rule, port))
        .filter(rule -> isOfHost(rule, host))
        .filter(
            rule ->
                of.isEmpty() || callers(rule).stream().anyMatch(one -> one.namespace().equals(of)))
        .findFirst();
  }

  /**
   * The sentence with what a rule says; {@code everyone} is the caller that goes without saying.
   */
  static HttpGatewayIntent admitted(HttpGatewayIntent said, Rule rule, Optional<Callers> everyone) {
    HttpGatewayIntent more = said;
    List<Callers> callers = callers(rule);
    if (!callers.isEmpty() && !everyone.map(List::of).equals(Optional.of(callers))) {
      more = more.from(callers.toArray(Callers[]::new));
    }
    List<Requests> requests = new ArrayList<>();
    for (RuleTo to : rule.getTo()) {
      for (String path : list(operation(to).getPaths())) {
        List<String> methods = list(operation(to).getMethods());
        if (methods.isEmpty()) {
          requests.add(Requests.path(path));
        }
        methods.forEach(method -> requests.add(Requests.of(method, path)));
      }
    }
    return requests.isEmpty() ? more : more.allow(requests.toArray(Requests[]::new));
  }

  private static List<Callers> callers(Rule rule) {
    List<Callers> callers = new ArrayList<>();
    for (RuleFrom from : list(rule.getFrom())) {
      Source source = from.getSource();
      if (source == null) {
        continue;
      }
      for (String principal : list(source.getPrincipals())) {
        Matcher account = ACCOUNT.matcher(principal);
        if (account.matches()) {
          callers.add(Callers.serviceAccount(account.group(1), account.group(2)));
        }
      }
      list(source.getNamespaces()).forEach(name -> callers.add(Callers.namespace(name)));
    }
    return callers;
  }

  private static boolean isOfPort(Rule rule, int port) {
    return list(rule.getTo()).stream()
        .anyMatch(to -> list(operation(to).getPorts()).contains(String.valueOf(port)));
  }

  private static boolean isOfHost(Rule rule, String host) {
    List<Condition> conditions = list(rule.getWhen());
    boolean bySni =
        conditions.stream()
            .anyMatch(
                when ->
                    "connection.sni".equals(when.getKey())
                        && list(when.getValues()).contains(host));
    boolean byHost =
        list(rule.getTo()).stream().anyMatch(to -> list(operation(to).getHosts()).contains(host));
    boolean ofAny =
        conditions.isEmpty()
            && list(rule.getTo()).stream().allMatch(to -> list(operation(to).getHosts()).isEmpty());
    return bySni || byHost || ofAny;
  }

  private static Operation operation(RuleTo to) {
    return to.getOperation() == null ? new Operation() : to.getOperation();
  }

  private static <T> List<T> list(@org.jspecify.annotations.Nullable List<T> said) {
    return said == null ? List.of() : said;
  }
}
