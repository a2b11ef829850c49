package io.github.istioegress.analysis.exposure;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * EGR406 and EGR413: a rule for pods that are to use nothing but a gateway is for any address, of
 * IPv4 or of IPv6, or for all namespaces at all ports. Name look-ups may go anywhere.
 */
final class NetworkPolicyOpenAnalyzer implements Analyzer {

  private static final int HTTPS = 443;

  /** The ports at which somebody would try to get out. */
  private static final List<Integer> TRIED = List.of(HTTPS, 80, 22, 8080, 8443, 5432, 1);

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    EgressPolicy policy = context.shared(EgressPolicy.class, EgressPolicy::new);
    for (HeldPods pods : HeldPods.of(context)) {
      if (!policy.wantsOnlyGateway(pods.namespace())) {
        continue;
      }
      for (HeldPods.Rule rule : pods.rules()) {
        if (TRIED.stream().anyMatch(port -> rule.allows("TCP", port))) {
          open(rule)
              .map(
                  what ->
                      rule.policy()
                          .finding(
                              ExposureCode.POLICY_OPEN,
                              rule.path(),
                              rule.policy().key(),
                              "namespace " + pods.namespace(),
                              what)
                          .tracedAs(
                              policy
                                  .passingAround(pods.caller().pod())
                                  .map(AnalysisContext::shortly)
                                  .orElse("")))
              .ifPresent(out);
        } else if (rule.allows("UDP", HTTPS)) {
          outside(rule)
              .map(
                  what ->
                      rule.policy()
                          .finding(
                              ExposureCode.QUIC_OPEN,
                              rule.path(),
                              rule.policy().key(),
                              "namespace " + pods.namespace(),
                              HTTPS,
                              what))
              .ifPresent(out);
        }
      }
    }
  }

  /** What a rule opens that leads past a gateway. */
  private static Optional<String> open(HeldPods.Rule rule) {
    boolean everyPort = rule.said().getPorts().isEmpty();
    return outside(rule)
        .or(
            () ->
                rule.said().getTo().stream()
                    .filter(peer -> everyPort && isEveryNamespace(peer))
                    .findFirst()
                    .map(peer -> "the pods of all namespaces"));
  }

  private static Optional<String> outside(HeldPods.Rule rule) {
    if (rule.said().getTo().isEmpty()) {
      return Optional.of("any address");
    }
    return rule.said().getTo().stream()
        .flatMap(peer -> Stream.ofNullable(peer.getIpBlock()))
        .map(block -> Objects.requireNonNullElse(block.getCidr(), ""))
        .filter(NetworkPolicyOpenAnalyzer::isEverywhere)
        .findFirst()
        .map(cidr -> "any address of " + cidr);
  }

  /** A block of half of all addresses, or of all. */
  private static boolean isEverywhere(String cidr) {
    return cidr.endsWith("/0") || cidr.endsWith("/1");
  }

  private static boolean isEveryNamespace(NetworkPolicyPeer peer) {
    return peer.getPodSelector() == null
        && peer.getNamespaceSelector() != null
        && peer.getNamespaceSelector().getMatchExpressions().isEmpty()
        && peer.getNamespaceSelector().getMatchLabels().isEmpty();
  }
}
