package io.github.istioegress.trace;

import java.util.List;

/**
 * One share of a call's ways.
 *
 * @param weight its share
 * @param outcome how it ends
 * @param detail why, and what the caller sees
 * @param remedy what to do about it; empty where nothing is wrong
 * @param hops the proxies it passes, in order
 */
public record Branch(int weight, Outcome outcome, String detail, String remedy, List<Hop> hops) {

  /** Where it leaves to, {@code host:port}; what is said in {@link #detail} where it does not. */
  String destination() {
    return detail.startsWith(LEAVES_TO) ? detail.substring(LEAVES_TO.length()) : detail;
  }

  /** How the detail of a way to a declared destination begins. */
  static final String LEAVES_TO = "leaves to ";
}
