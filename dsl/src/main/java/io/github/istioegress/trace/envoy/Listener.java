package io.github.istioegress.trace.envoy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A listener and its choice of a filter chain, made the way Envoy makes it: destination address,
 * then server name, then what is spoken; a step once taken is not taken back.
 *
 * @param name its name, {@code 0.0.0.0_80}
 * @param chains its chains, without the one that takes all
 * @param fallback the chain for what no other takes
 */
public record Listener(String name, List<FilterChain> chains, Optional<FilterChain> fallback) {

  /** True where two chains have one match: Envoy refuses such a listener and keeps what it had. */
  public boolean isRefused() {
    return chains.stream().map(FilterChain::match).distinct().count() < chains.size();
  }

  /** True where it looks for a TLS hello before a chain is chosen, as Istio sets it up. */
  public boolean readsHello() {
    return chains.stream()
        .anyMatch(chain -> !chain.serverNames().isEmpty() || chain.terminates().isPresent());
  }

  /** The chain that takes a connection; empty where the listener closes it. */
  public Optional<FilterChain> choose(Connection connection) {
    boolean seesSni = chains.stream().anyMatch(chain -> !chain.serverNames().isEmpty());
    boolean seesHttp = chains.stream().anyMatch(FilterChain::plainHttp);
    boolean tls = connection.speaks() == Connection.Speech.TLS && seesSni;
    boolean http = connection.speaks() == Connection.Speech.HTTP && seesHttp;
    List<FilterChain> left = byAddress(connection.address());
    left = bySni(left, tls ? connection.sni().toLowerCase(Locale.ROOT) : "");
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

  private List<FilterChain> byAddress(String address) {
    Optional<Cidr> dialled = Cidr.parse(address);
    record Fit(FilterChain chain, int prefix) {}
    List<Fit> fits = new ArrayList<>();
    for (FilterChain chain : chains) {
      List<Cidr> ranges =
          chain.cidrs().stream()
              .flatMap(cidr -> Cidr.parse(cidr).stream())
              .filter(cidr -> !cidr.isUnspecified())
              .toList();
      if (ranges.isEmpty()) {
        fits.add(new Fit(chain, -1));
      } else {
        dialled
            .flatMap(
                d ->
                    ranges.stream()
                        .filter(range -> range.contains(d))
                        .map(Cidr::prefix)
                        .max(Comparator.naturalOrder()))
            .ifPresent(prefix -> fits.add(new Fit(chain, prefix)));
      }
    }
    int best = fits.stream().mapToInt(Fit::prefix).max().orElse(-1);
    return fits.stream().filter(fit -> fit.prefix() == best).map(Fit::chain).toList();
  }

  private static List<FilterChain> bySni(List<FilterChain> chains, String sni) {
    if (!sni.isEmpty()) {
      List<FilterChain> exact = withName(chains, sni);
      if (!exact.isEmpty()) {
        return exact;
      }
      for (int dot = sni.indexOf('.', 1); dot > 0; dot = sni.indexOf('.', dot + 1)) {
        List<FilterChain> wild = withName(chains, "*" + sni.substring(dot));
        if (!wild.isEmpty()) {
          return wild;
        }
      }
    }
    return chains.stream()
        .filter(chain -> chain.serverNames().isEmpty() || chain.serverNames().contains("*"))
        .toList();
  }

  private static List<FilterChain> withName(List<FilterChain> chains, String name) {
    return chains.stream()
        .filter(chain -> !chain.serverNames().contains("*"))
        .filter(
            chain ->
                chain.serverNames().stream()
                    .anyMatch(own -> own.toLowerCase(Locale.ROOT).equals(name)))
        .toList();
  }
}
