package io.github.istioegress.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.trace.envoy.UpstreamTls;
import io.github.istioegress.trace.registry.Decision;
import java.util.List;

/** What happened to a call, with what a test may ask of it. */
record TracedCall(Trace trace) {

  TracedCall ends(Outcome outcome, Way way) {
    assertThat(trace.outcome()).as(trace.detail()).isEqualTo(outcome);
    assertThat(trace.way()).as(trace.detail()).isEqualTo(way);
    return this;
  }

  /** It leaves to a declared host by the gateway, and these are its hops. */
  TracedCall leavesByGateway(String... hops) {
    return ends(Outcome.EXTERNAL, Way.VIA_GATEWAY).passes(hops);
  }

  /** It leaves to a declared host around any gateway, and these are its hops. */
  TracedCall leavesDirectly(String... hops) {
    return ends(Outcome.EXTERNAL, Way.DIRECT).passes(hops);
  }

  /** It leaves undeclared. */
  TracedCall leavesUndeclared(String... hops) {
    return ends(Outcome.PASSTHROUGH, Way.DIRECT).passes(hops);
  }

  /** It does not leave. */
  TracedCall fails(Outcome outcome, String... hops) {
    return ends(outcome, Way.NONE).passes(hops);
  }

  TracedCall because(String part) {
    assertThat(trace.detail()).contains(part);
    return this;
  }

  /** Its hops on its one way. */
  TracedCall passes(String... hops) {
    assertThat(trace.branches()).hasSize(1);
    return share(0, 100, trace.outcome(), hops);
  }

  /** One of its weighted ways. */
  TracedCall share(int index, int weight, Outcome outcome, String... hops) {
    Branch branch = trace.branches().get(index);
    assertThat(branch.weight()).isEqualTo(weight);
    assertThat(branch.outcome()).isEqualTo(outcome);
    assertThat(branch.hops().stream().map(TracedCall::line)).containsExactly(hops);
    return this;
  }

  /** What decided its last hop. */
  List<String> lastDecisions() {
    List<Hop> hops = trace.branches().get(0).hops();
    return hops.get(hops.size() - 1).decisions().stream().map(Decision::toString).toList();
  }

  /** {@code listener > virtual host > cluster (discovery) with TLS sni}. */
  private static String line(Hop hop) {
    StringBuilder line = new StringBuilder(hop.listener());
    line.append(" > ");
    line.append(hop.virtualHost().isEmpty() ? hop.filter() : hop.virtualHost());
    if (!hop.cluster().isEmpty()) {
      line.append(" > ").append(hop.cluster().replace(".svc.cluster.local", ""));
    }
    if (!hop.discovery().isEmpty()) {
      line.append(" (").append(hop.discovery()).append(')');
    }
    if (hop.upstreamTls().mode() != UpstreamTls.Mode.NONE) {
      line.append(" with ").append(hop.upstreamTls().mode());
      line.append(' ').append(hop.upstreamTls().sni().replace(".svc.cluster.local", ""));
    }
    return line.toString().strip();
  }
}
