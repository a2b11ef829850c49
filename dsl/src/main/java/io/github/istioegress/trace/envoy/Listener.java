package io.github.istioegress.trace.envoy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A listener and its choice of a filter chain, made the way Envoy makes it: destination address,
 * then server name, then what is spoken; a step once taken is not taken back.
 */
public final class Listener {

  private final String name;
  private final List<FilterChain> chains;
  private final Optional<FilterChain> fallback;
  private final List<Ranged> ranged = new ArrayList<>();
  private final ChainNames anywhere;
  private final boolean refused;
  private final boolean seesSni;
  private final boolean seesHttp;
  private final boolean ends;

  /** A chain for some destinations. */
  private record Ranged(FilterChain chain, List<Cidr> ranges) {
    /** The longest prefix that an address lies in; -1 for none. */
    int prefix(Cidr address) {
      return ranges.stream()
          .filter(range -> range.contains(address))
          .map(Cidr::prefix)
          .max(Comparator.naturalOrder())
          .orElse(-1);
    }
  }

  /**
   * Prepares the choice.
   *
   * @param name its name, {@code 0.0.0.0_80}
   * @param chains its chains, without the one that takes all
   * @param fallback the chain for what no other takes
   */
  public Listener(String name, List<FilterChain> chains, Optional<FilterChain> fallback) {
    this.name = name;
    this.chains = List.copyOf(chains);
    this.fallback = fallback;
    List<FilterChain> unranged = new ArrayList<>();
    Set<FilterChain.Match> matches = new HashSet<>();
    for (FilterChain chain : chains) {
      matches.add(chain.match());
      List<Cidr> ranges =
          chain.cidrs().stream()
              .flatMap(cidr -> Cidr.parse(cidr).stream())
              .filter(cidr -> !cidr.isUnspecified())
              .toList();
      if (ranges.isEmpty()) {
        unranged.add(chain);
      } else {
        ranged.add(new Ranged(chain, ranges));
      }
    }
    this.anywhere = new ChainNames(unranged);
    this.refused = matches.size() < chains.size();
    this.seesSni = chains.stream().anyMatch(chain -> !chain.serverNames().isEmpty());
    this.seesHttp = chains.stream().anyMatch(FilterChain::plainHttp);
    this.ends = chains.stream().anyMatch(chain -> chain.terminates().isPresent());
  }

  /** Its name, {@code 0.0.0.0_80}. */
  public String name() {
    return name;
  }

  /** Its chains, without the one that takes all. */
  public List<FilterChain> chains() {
    return chains;
  }

  /** The chain for what no other takes. */
  public Optional<FilterChain> fallback() {
    return fallback;
  }

  /** True where two chains have one match: Envoy refuses such a listener and keeps what it had. */
  public boolean isRefused() {
    return refused;
  }

  /** True where it looks for a TLS hello before a chain is chosen, as Istio sets it up. */
  public boolean readsHello() {
    return seesSni || ends;
  }

  /** The chain that takes a connection; empty where the listener closes it. */
  public Optional<FilterChain> choose(Connection connection) {
    boolean tls = connection.speaks() == Connection.Speech.TLS && seesSni;
    boolean http = connection.speaks() == Connection.Speech.HTTP && seesHttp;
    List<FilterChain> left =
        byAddress(connection.address()).named(tls ? connection.sni().toLowerCase(Locale.ROOT) : "");
    Predicate<FilterChain> raw = FilterChain::plainHttp;
    boolean rawWanted = !tls && left.stream().anyMatch(raw);
    if (rawWanted) {
      // Chains for plaintext HTTP ask for an unencrypted transport first, and only then for HTTP.
      left = left.stream().filter(raw).filter(chain -> http).toList();
    } else {
      left = left.stream().filter(raw.negate()).toList();
    }
    return left.stream().findFirst().or(() -> fallback);
  }

  private ChainNames byAddress(String address) {
    Optional<Cidr> dialled = ranged.isEmpty() ? Optional.empty() : Cidr.parse(address);
    if (dialled.isEmpty()) {
      return anywhere;
    }
    int best = -1;
    List<FilterChain> fits = new ArrayList<>();
    for (Ranged one : ranged) {
      int prefix = one.prefix(dialled.get());
      if (prefix > best) {
        best = prefix;
        fits.clear();
      }
      if (prefix == best) {
        fits.add(one.chain());
      }
    }
    return best < 0 ? anywhere : new ChainNames(fits);
  }
}
