package io.github.istioegress.trace;

import io.github.istioegress.trace.registry.Decision;
import java.util.List;

/**
 * One share of a call's ways.
 *
 * @param weight its share
 * @param outcome how it ends
 * @param detail why, and what the caller sees
 * @param remedy what to do about it; empty where nothing is wrong
 * @param hops the proxies it passes, in order
 * @param at the proxy that had it last, as {@link Hop#proxy} names proxies
 * @param refusedBy the fields of the policies that refuse it, or of which the manifests say too
 *     little; empty where no policy does
 */
public record Branch(
    int weight,
    Outcome outcome,
    String detail,
    String remedy,
    List<Hop> hops,
    String at,
    List<Decision> refusedBy) {

  /** Freezes the lists. */
  public Branch {
    hops = List.copyOf(hops);
    refusedBy = List.copyOf(refusedBy);
  }

  /** The same, refused by these. */
  Branch by(List<Decision> policies) {
    return new Branch(weight, outcome, detail, remedy, hops, at, policies);
  }

  /** Where it leaves to, {@code host:port}; what is said in {@link #detail} where it does not. */
  public String destination() {
    return detail.startsWith(LEAVES_TO) ? detail.substring(LEAVES_TO.length()) : detail;
  }

  /** How the detail of a way to a declared destination begins. */
  static final String LEAVES_TO = "leaves to ";
}
