package io.github.istioegress.analysis.exposure;

import io.github.istioegress.analysis.context.AnalysisContext;
import io.github.istioegress.analysis.context.Analyzer;
import io.github.istioegress.finding.ExposureCode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.Severity;
import io.github.istioegress.reach.ReachCaller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * EGR407 and EGR414: the NetworkPolicies of pods that call out allow something, and neither name
 * look-ups nor, for pods with a sidecar, istiod. Who is at the other end is not asked.
 */
final class NetworkPolicyLackingAnalyzer implements Analyzer {

  private static final int DNS = 53;
  private static final int ISTIOD = 15012;

  @Override
  public void analyze(AnalysisContext context, Consumer<Finding> out) {
    Set<String> calling = new HashSet<>();
    context.traffic().all().forEach(call -> calling.add(call.caller().namespace()));
    for (HeldPods pods : HeldPods.of(context)) {
      boolean shut = pods.rules().isEmpty();
      if (shut || !calling.contains(pods.namespace())) {
        continue;
      }
      boolean udp = pods.allows("UDP", DNS);
      boolean tcp = pods.allows("TCP", DNS);
      if (!udp || !tcp) {
        Finding finding =
            finding(pods, ExposureCode.NO_DNS, udp ? "TCP" : tcp ? "UDP" : "UDP and TCP");
        out.accept(udp ? finding.as(Severity.WARNING) : finding);
      }
      if (pods.caller().proxy() == ReachCaller.Proxy.SIDECAR && !pods.allows("TCP", ISTIOD)) {
        out.accept(finding(pods, ExposureCode.ISTIOD_CUT_OFF));
      }
    }
  }

  private static Finding finding(HeldPods pods, ExposureCode code, Object... more) {
    HeldPods.Rule first = pods.rules().get(0);
    List<Object> args = new java.util.ArrayList<>();
    args.add("namespace " + pods.namespace());
    args.add(first.policy().key());
    args.addAll(List.of(more));
    return first.policy().finding(code, "spec.egress", args.toArray());
  }
}
