package io.github.istioegress.generator;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.ExternalHost;
import java.util.List;

/**
 * How a share of a sentence's calls has to end.
 *
 * @param percent the share
 * @param host the host it leaves to
 * @param named the host that TLS is begun for
 * @param cluster the host of the last cluster
 * @param tunnel what a forward proxy is asked for; empty for nothing
 * @param authority how the Host header begins that the last proxy sets; empty where it stays
 */
record Expected(
    int percent, String host, String named, String cluster, String tunnel, String authority) {

  private static final int ALL = 100;

  /** What a sentence says, share by share. */
  static List<Expected> of(EgressIntent intent) {
    String called = intent.host().name();
    String target = intent.target().name();
    Expected stays =
        new Expected(
            ALL,
            target,
            called,
            intent.path().forwardProxy().map(proxy -> proxy.host().name()).orElse(target),
            intent
                .path()
                .forwardProxy()
                .map(proxy -> called + ":" + intent.port().number())
                .orElse(""),
            "");
    return intent
        .handling()
        .answering()
        .map(
            how ->
                how.match(
                    other -> List.of(renamed(intent, ALL, other.host())),
                    canary ->
                        List.of(
                            new Expected(ALL - canary.percent(), called, called, called, "", ""),
                            renamed(intent, canary.percent(), canary.host())),
                    failover -> List.of(stays)))
        .orElse(List.of(stays));
  }

  private static Expected renamed(EgressIntent intent, int percent, ExternalHost host) {
    boolean readable = intent.port().protocol().isReadable();
    return new Expected(
        percent, host.name(), host.name(), intent.host().name(), "", readable ? host.name() : "");
  }

  /** True where the last proxy sends this Host, with or without a port. */
  boolean names(String sent) {
    return sent.equals(authority) || (!authority.isEmpty() && sent.startsWith(authority + ":"));
  }
}
