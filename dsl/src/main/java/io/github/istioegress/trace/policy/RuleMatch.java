package io.github.istioegress.trace.policy;

import io.fabric8.istio.api.api.security.v1beta1.Condition;
import io.fabric8.istio.api.api.security.v1beta1.Operation;
import io.fabric8.istio.api.api.security.v1beta1.Rule;
import io.fabric8.istio.api.api.security.v1beta1.Source;
import io.github.istioegress.trace.envoy.Request;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** One rule of a policy, held against one call. */
final class RuleMatch {

  private static final String HEADERS = "request.headers[";

  private final Access access;
  private final HeldPolicy policy;
  private final boolean readsTokens;
  private boolean impossible;
  private boolean httpOnly;

  private RuleMatch(Access access, HeldPolicy policy, boolean readsTokens) {
    this.access = access;
    this.policy = policy;
    this.readsTokens = readsTokens;
  }

  /**
   * Whether a rule holds for a call.
   *
   * @param readsTokens true where a RequestAuthentication holds, so that a request may bear claims
   */
  static Answer of(Rule rule, Access access, HeldPolicy policy, boolean readsTokens) {
    RuleMatch match = new RuleMatch(access, policy, readsTokens);
    Answer answer = match.rule(rule);
    return match.impossible || (match.httpOnly && policy.narrows()) ? Answer.NO : answer;
  }

  /** True where Istio leaves a rule out of a chain of bytes, because it asks for a request. */
  static boolean isLeftOut(Rule rule, Access access, HeldPolicy policy) {
    RuleMatch match = new RuleMatch(access, policy, false);
    match.rule(rule);
    return match.httpOnly && policy.narrows();
  }

  private Answer rule(Rule rule) {
    Answer from =
        rule.getFrom().isEmpty()
            ? Answer.YES
            : Answer.any(
                rule.getFrom(), f -> f.getSource() == null ? Answer.YES : source(f.getSource()));
    Answer to =
        rule.getTo().isEmpty()
            ? Answer.YES
            : Answer.any(
                rule.getTo(),
                t -> t.getOperation() == null ? Answer.YES : operation(t.getOperation()));
    Answer when = rule.getWhen().stream().map(this::condition).reduce(Answer.YES, Answer::and);
    return from.and(to).and(when);
  }

  private Answer source(Source source) {
    List<String> domains = more(source, "trustDomains");
    List<String> notDomains = more(source, "notTrustDomains");
    return peer(source.getPrincipals(), source.getNotPrincipals(), this::principal)
        .and(peer(source.getNamespaces(), source.getNotNamespaces(), Identities::namespace))
        .and(
            peer(source.getServiceAccounts(), source.getNotServiceAccounts(), this::serviceAccount))
        .and(peer(domains, notDomains, this::trustDomain))
        .and(token(source.getRequestPrincipals(), source.getNotRequestPrincipals()))
        .and(address(source.getIpBlocks(), source.getNotIpBlocks()))
        .and(address(source.getRemoteIpBlocks(), source.getNotRemoteIpBlocks()));
  }

  /** A list that the type does not know yet. */
  private static List<String> more(Source source, String field) {
    return source.getAdditionalProperties().get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private boolean principal(String wanted, String principal) {
    return Identities.principal(wanted, principal, policy.trustDomains());
  }

  private boolean trustDomain(String wanted, String principal) {
    return Identities.trustDomain(wanted, principal, policy.trustDomains());
  }

  private boolean serviceAccount(String wanted, String principal) {
    return Identities.serviceAccount(wanted, principal, policy.namespace());
  }

  private Answer operation(Operation operation) {
    return request(
            operation.getHosts(),
            operation.getNotHosts(),
            (v, r) -> Wildcards.fitsHost(v, r.host()))
        .and(
            request(
                operation.getMethods(),
                operation.getNotMethods(),
                (v, r) -> Wildcards.fitsHeader(v, r.method())))
        .and(
            request(
                operation.getPaths(),
                operation.getNotPaths(),
                (v, r) -> Wildcards.fitsPath(v, r.pathOnly())))
        .and(port(operation.getPorts(), operation.getNotPorts()));
  }

  private Answer condition(Condition condition) {
    String key = condition.getKey() == null ? "" : condition.getKey();
    List<String> values = condition.getValues();
    List<String> notValues = condition.getNotValues();
    if (key.startsWith(HEADERS) && key.endsWith("]")) {
      return header(key.substring(HEADERS.length(), key.length() - 1), values, notValues);
    }
    if (key.startsWith("request.auth.")) {
      return token(values, notValues);
    }
    if (key.startsWith("experimental.envoy.filters.")) {
      return values(values, notValues, v -> Answer.unknown("the metadata that " + key + " reads"));
    }
    return switch (key) {
      case "source.principal" -> peer(values, notValues, this::principal);
      case "source.namespace" -> peer(values, notValues, Identities::namespace);
      case "source.serviceAccount" -> peer(values, notValues, this::serviceAccount);
      case "source.trustDomain" -> peer(values, notValues, this::trustDomain);
      case "source.ip", "remote.ip" -> address(values, notValues);
      case "destination.ip" ->
          values(values, notValues, v -> Answer.unknown("the address that the connection goes to"));
      case "destination.port" -> port(values, notValues);
      case "connection.sni" ->
          values(values, notValues, v -> Answer.of(Wildcards.fits(v, access.sni())));
      default -> {
        // Istio leaves out a rule with a condition that it does not know.
        impossible = true;
        yield Answer.NO;
      }
    };
  }

  private Answer peer(
      List<String> values, List<String> notValues, BiPredicate<String, String> test) {
    Identity peer = access.peer();
    return values(
        values,
        notValues,
        v ->
            peer.missing().isEmpty()
                ? Answer.of(!peer.principal().isEmpty() && test.test(v, peer.principal()))
                : Answer.unknown(peer.missing()));
  }

  private static Answer address(List<String> values, List<String> notValues) {
    return values(values, notValues, v -> Answer.unknown("the address of the calling pod"));
  }

  private Answer port(List<String> values, List<String> notValues) {
    return values(values, notValues, v -> Answer.of(v.equals(String.valueOf(access.port()))));
  }

  private Answer token(List<String> values, List<String> notValues) {
    return http(
        values,
        notValues,
        (v, r) -> readsTokens ? Answer.unknown("the token that the request bears") : Answer.NO);
  }

  private Answer header(String name, List<String> values, List<String> notValues) {
    return http(values, notValues, (v, r) -> header(name, v, r));
  }

  private static Answer header(String name, String wanted, Request request) {
    if (Request.isWrittenByProxies(name)) {
      return Answer.unknown("the header " + name + ", which proxies write");
    }
    return Answer.of(request.header(name).filter(v -> Wildcards.fitsHeader(wanted, v)).isPresent());
  }

  private Answer request(
      List<String> values, List<String> notValues, BiPredicate<String, Request> test) {
    return http(values, notValues, (v, r) -> Answer.of(test.test(v, r)));
  }

  /** What asks for a request; where the proxy reads none, Istio leaves it out. */
  private Answer http(
      List<String> values, List<String> notValues, BiFunction<String, Request, Answer> test) {
    if (access.request().isEmpty()) {
      httpOnly |= !values.isEmpty() || !notValues.isEmpty();
      return Answer.YES;
    }
    Request request = access.request().get();
    return values(values, notValues, v -> test.apply(v, request));
  }

  private static Answer values(
      List<String> values, List<String> notValues, Function<String, Answer> test) {
    Answer wanted = values.isEmpty() ? Answer.YES : Answer.any(values, test);
    return wanted.and(Answer.any(notValues, test).not());
  }
}
